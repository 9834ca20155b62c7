"""Shipped files are found, and told from a user's own."""

from pathlib import Path

import pytest

from graphstudio.resource import is_resource, resource_path


@pytest.mark.parametrize("name", ["examples/digits.gstudio", "data/digits.npz", "themes", "icons"])
def test_a_shipped_file_is_found(name: str) -> None:
    assert resource_path(name).exists()
    assert is_resource(resource_path(name))


def test_what_is_not_shipped_is_told() -> None:
    with pytest.raises(FileNotFoundError, match=r"Expected a resource named 'nope'.*found none"):
        resource_path("nope")


def test_a_file_of_the_user_is_no_resource(tmp_path: Path) -> None:
    assert not is_resource(tmp_path / "digits.gstudio")


def test_a_link_to_a_shipped_file_is_a_resource(tmp_path: Path) -> None:
    link = tmp_path / "link.gstudio"
    link.symlink_to(resource_path("examples/digits.gstudio"))
    assert is_resource(link)
