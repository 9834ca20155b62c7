"""How the diagram and the window are looked at."""

from graphstudio.studio.actions.action import Action

VIEW: tuple[Action, ...] = (
    Action("fit", "Fit", "View", "Ctrl+0", tip="Show the whole diagram"),
    Action("fit_selection", "Fit Selection", "View", "Ctrl+2", tip="Show what is selected"),
    Action("zoom_in", "Zoom In", "View", "Ctrl+=", tip="Show less, larger"),
    Action("zoom_out", "Zoom Out", "View", "Ctrl+-", tip="Show more, smaller"),
    Action("actual_size", "Actual Size", "View", "Ctrl+1", tip="Zoom to 100%"),
    Action(
        "pan",
        "Pan",
        "View",
        "Space",
        tip="Move the view with the next drag, or with every drag while the key is held",
        on_canvas=True,
    ),
    Action(
        "outline",
        "Outline",
        "View",
        "Ctrl+Shift+T",
        tip="Go through the diagram as a tree",
        group=1,
    ),
    Action(
        "show_cost",
        "Show Cost",
        "View",
        tip="Count what each layer computes and holds",
        group=1,
        checkable=True,
    ),
    Action(
        "measure_time",
        "Measure Time",
        "View",
        tip="Run the model on the CPU, and colour nodes by how long they take",
        group=1,
    ),
    Action(
        "stop_measuring",
        "Stop Measuring",
        "View",
        tip="Measure no longer how long each layer takes",
        group=1,
    ),
    *(
        Action(
            name,
            title,
            "View",
            tip=tip,
            group=1,
            checkable=True,
            submenu="Colour By",
            choice="colour",
        )
        for name, title, tip in (
            ("colour_none", "None", "Give all nodes one colour"),
            ("colour_params", "Parameters", "Colour nodes by their weights"),
            ("colour_flops", "FLOPs", "Colour nodes by what they compute"),
            ("colour_output", "Output Size", "Colour nodes by how much leaves them"),
            ("colour_time", "Measured Time", "Colour nodes by how long they take"),
        )
    ),
    *(
        Action(f"show_{name}", title, "View", keys, tip=tip, group=2, checkable=True)
        for name, title, keys, tip in (
            ("palette", "Palette", "Alt+1", "Show the list of layers, or hide it"),
            ("inspector", "Inspector", "Alt+2", "Show the inspector, or hide it"),
            ("tabs", "Bottom Panel", "Alt+3", "Show training, code and problems, or hide them"),
            ("overview", "Overview", "Alt+4", "Show the small picture of it all, or hide it"),
        )
    ),
    Action("canvas_only", "Canvas Only", "View", "Alt+0", tip="Hide all panels, or not", group=2),
    Action(
        "go_to_inspector",
        "Go to Inspector",
        "View",
        "F4",
        tip="Write in the inspector; Escape leads back to the canvas",
        group=2,
    ),
    *(
        Action(
            f"theme_{name}",
            f"Theme: {name.capitalize()}",
            "View",
            tip=tip,
            group=3,
            checkable=True,
            choice="theme",
        )
        for name, tip in (
            ("system", "Follow the desktop"),
            ("dark", "Use dark colours"),
            ("light", "Use light colours"),
        )
    ),
)
