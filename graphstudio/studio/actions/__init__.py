"""Everything that the window can be told to do, declared once.

Menus, the toolbar, shortcuts, tooltips and the command palette are all made from it.
"""
