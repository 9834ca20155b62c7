"""What is done with runs."""

from graphstudio.studio.actions.action import Action

TRAIN: tuple[Action, ...] = (
    Action("train", "Train", "Train", "F5", "play", "Train the model"),
    Action("pause", "Pause", "Train", "F6", "pause", "Hold the run, or go on"),
    Action("stop", "Stop", "Train", "Shift+F5", "square", "End the run and keep its model"),
)
