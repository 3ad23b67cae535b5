"""The project's own build of ``nb_core_news_sm``, trained on NorNE.

The published package of that name is not in the Python package index, so it is
rebuilt here from an open treebank.  ``python -m language_model.build`` runs every
step; README.md is the model card.
"""

import os

# spaCy imports TensorFlow where it is installed, only to convert arrays; its
# start-up notices would drown what the recipe has to say.
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
