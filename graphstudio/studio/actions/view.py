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
    Action("theme_system", "Theme: System", "View", tip="Follow the desktop", group=2),
    Action("theme_dark", "Theme: Dark", "View", tip="Use dark colours", group=2),
    Action("theme_light", "Theme: Light", "View", tip="Use light colours", group=2),
)
