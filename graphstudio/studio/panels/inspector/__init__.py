"""The inspector: what is selected, its parameters to edit, and what is known about it."""

from graphstudio.studio.panels.inspector.panel import InspectorPanel

__all__ = ["InspectorPanel"]
