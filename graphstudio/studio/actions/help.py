"""Where one reads about the program."""

from graphstudio.studio.actions.action import Action

HELP: tuple[Action, ...] = (
    Action("about", "About Graph Studio", "Help", tip="Versions and licences"),
)
