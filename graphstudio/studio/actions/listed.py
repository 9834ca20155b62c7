"""All actions, in the order of the menus."""

from graphstudio.studio.actions.diagram import DIAGRAM
from graphstudio.studio.actions.edit import EDIT
from graphstudio.studio.actions.file import FILE
from graphstudio.studio.actions.help import HELP
from graphstudio.studio.actions.train import TRAIN
from graphstudio.studio.actions.view import VIEW

ACTIONS = (*FILE, *EDIT, *VIEW, *DIAGRAM, *TRAIN, *HELP)
