"""Scripts carry functions of graphstudio.columns with all that these need, and nothing else."""

import ast

from graphstudio.code.carried import carried


def names(texts: tuple[str, ...]) -> list[str]:
    return [
        one.name
        for text in texts
        for one in ast.parse(text).body
        if isinstance(one, ast.FunctionDef | ast.ClassDef)
    ]


def test_a_function_comes_with_those_that_it_calls_behind_it() -> None:
    found = carried(["tables.read_table"])
    assert names(found.functions)[0] == "read_table"
    assert "plain" in names(found.functions)
    assert "import duckdb" in found.imports


def test_each_is_carried_once() -> None:
    found = carried(["encoding.weigh", "encoding.present", "encoding.drop_missing"])
    assert sorted(names(found.functions)) == ["drop_missing", "present", "weigh"]


def test_what_a_value_refers_to_stands_before_it() -> None:
    found = carried(["samples.Columns"])
    assert found.constants == ("Array = NDArray[Any]\n", "Columns = dict[str, Array]\n")
    assert found.functions == ()


def test_classes_stand_before_the_functions_whose_signatures_name_them() -> None:
    found = names(carried(["on_disk.keep"]).functions)
    assert found.index("OnDisk") < found.index("TextsOnDisk") < found.index("open_column")


def test_nothing_names_the_package() -> None:
    found = carried(["pieces.table_pieces", "on_disk.keep", "batches.batches"])
    assert "graphstudio" not in "".join([*found.imports, *found.constants, *found.functions])
    text = "\n".join([*found.imports, *found.constants, *found.functions])
    compile(text, "script", "exec")
