"""``miit targets``."""

from miit_cli.commands._shared import AnyNames
from miit_cli.context import Context
from miit_cli.output import Layout

LAYOUT = Layout(
    columns=(
        *("label", "target_value", "due", "actual_value", "actual_period", "reached_percent"),
        *("verdict", "note"),
    ),
    optional=("note", "actual_period"),
    headings={
        "label": "indicator",
        "target_value": "target",
        "actual_value": "actual",
        "actual_period": "at",
        "reached_percent": "%",
    },
)


def command(context: Context, names: AnyNames = None) -> None:
    """Each target beside the latest actual: how much is reached, by when it is due.

    The verdict is met, missed, open (no actual yet on or after the due day) or undetermined (the bounds do
    not decide, or it is reached in a report of more than a year after).
    """
    from miit_cli.queries.targets import targets

    observations = context.claims(context.slugs(names or ()) or None)
    table = targets(observations, context.labels(observations))
    nothing = f"no target {context.here}; `miit show NAME` shows what was reported"
    context.emit(table, lambda: LAYOUT, nothing=nothing)
