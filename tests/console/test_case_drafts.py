"""Drafts of answers in a case: of the robot's own, for whoever has it, and kept nowhere."""

import time
import uuid

import pytest
from browsers import SignIn, csrf_token
from flask import Flask
from flask.testing import FlaskClient
from rasa.shared.core.domain import Domain
from werkzeug.test import TestResponse

from bot.cases import CaseRules, Cases
from bot.console.desk import Desk
from bot.errors import ModelError
from bot.staff.assistant import Assistant
from bot.staff.audit import Audit, Filter
from bot.store import ConversationStore
from trials.processes import wait_until

pytestmark = pytest.mark.usefixtures("model")
