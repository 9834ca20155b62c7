"""Letting random numbers stand in for data, as an edit."""

from msgspec.structs import replace

from graphstudio.diagram.generated import GeneratedSource
from graphstudio.diagram.project import Project
from graphstudio.diagram.suggest_columns import suggest_columns
from graphstudio.studio.document import Document
from graphstudio.studio.findings import Findings


def use_generated_data(document: Document, findings: Findings) -> None:
    """Let a project train on random numbers that fit its inputs and heads.

    Args:
        document: the project.
        findings: what is known of the shapes that leave its nodes.
    """
    nodes = findings.nodes
    heads = document.diagram.heads.keys() & nodes.keys()
    shapes = {head: nodes[head].outputs[0].shape for head in heads if nodes[head].outputs}

    def edit(project: Project) -> Project:
        before = project.data.source
        source = before if isinstance(before, GeneratedSource) else GeneratedSource()
        source = replace(source, columns=suggest_columns(project.diagram, shapes))
        return replace(project, data=replace(project.data, source=source))

    document.apply("use generated data", edit)
