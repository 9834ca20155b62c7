"""Something that the window can be told to do, as a value."""

from dataclasses import dataclass

MENUS = ("File", "Edit", "View", "Diagram", "Train", "Help")


@dataclass(frozen=True)
class Action:
    """Something that the window can be told to do.

    Attributes:
        id: its name in the program.
        title: what the menu says.
        menu: the menu that it is in.
        keys: shortcut, as Qt writes it.
        icon: name of its icon.
        tip: what it does, in a few words.
        group: number of its group in the menu; a line parts groups.
        checkable: whether it is on or off.
        submenu: title of the menu in the menu that it is in, if there is one.
        on_canvas: whether its keys mean it only while the canvas has the keyboard.
        choice: name of the choice that it is a part of, if it is; one of its parts is on.
    """

    id: str
    title: str
    menu: str
    keys: str = ""
    icon: str = ""
    tip: str = ""
    group: int = 0
    checkable: bool = False
    submenu: str = ""
    choice: str = ""
    on_canvas: bool = False
