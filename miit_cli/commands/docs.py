"""``miit docs``."""

from miit_cli.session import Session


def command(session: Session) -> None:
    """x"""
