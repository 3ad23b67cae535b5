"""Cases, with all that can be done with them."""

from bot.cases.answering import Answering
from bot.cases.asking import Asking
from bot.cases.expiring import Expiring
from bot.cases.views import Showing


class Cases(Asking, Answering, Expiring, Showing):
    """The cases of a store. It keeps nothing by itself."""
