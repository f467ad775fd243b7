"""The command `countersign-verify witness`."""

import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from countersign_verify.inputs import InputError, read_trust
from countersign_verify.notes import VerifierKey
from countersign_verify.report import printable

if TYPE_CHECKING:
    from countersign_verify.witness import Witness

EXIT_REFUSED, EXIT_UNUSABLE = 1, 2

witness_app = typer.Typer(
    help="Run a witness: store the newest checkpoint of a log, and sign a newer one only if it extends that tree.",
    invoke_without_command=True,
)

KeyFile = Annotated[Path, typer.Option("--key", help="The file of the witness's key.", show_default=False)]


@witness_app.callback()
def run(
    ctx: typer.Context,
    url: Annotated[str | None, typer.Option(help="The address of the API.", show_default=False)] = None,
    key: Annotated[
        Path | None, typer.Option(help="The file of the witness's key.", show_default=False)
    ] = None,
    state: Annotated[
        Path | None,
        typer.Option(help="The file where the witness stores the checkpoint.", show_default=False),
    ] = None,
    log_key: Annotated[
        str | None,
        typer.Option(
            help="The vkey of the log. Without it, the first key that the log shows is trusted.",
            show_default=False,
        ),
    ] = None,
    token: Annotated[
        str | None,
        typer.Option(
            envvar="COUNTERSIGN_TOKEN",
            help="ID token of an auditor, to send the signature to the log. Without it, the signature is printed.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Verify the newest checkpoint of a log against the one before, and cosign it. Run it every few minutes.

    Exits with 0 if the checkpoint was signed, 1 if the log is not consistent, 2 if something can't be used.
    """
    if ctx.invoked_subcommand is not None:
        return
    if url is None or key is None or state is None:
        _fail("Give --url, --key and --state. `countersign-verify witness keygen` creates a key.")
    from countersign_verify.log_client import HttpLogClient  # noqa: PLC0415 (slow)
    from countersign_verify.witness import (  # noqa: PLC0415
        RefusedError,
        Witness,
        WitnessError,
        keep_evidence,
        read_signer,
    )

    try:
        client = HttpLogClient(url, token)
        witness = Witness(client, read_signer(key), state, _log_key(log_key), time.time)
        _cosign(witness, post=bool(token))
    except RefusedError as error:
        typer.echo(printable(f"REFUSED: {error}."), err=True)
        evidence = keep_evidence(state, error, int(time.time()))
        typer.echo(printable(f"Evidence: {evidence}"), err=True)
        raise typer.Exit(EXIT_REFUSED) from error
    except (InputError, WitnessError) as error:
        _fail(str(error))


def _cosign(witness: "Witness", *, post: bool) -> None:
    cosigned = witness()
    checkpoint = cosigned.checkpoint
    if cosigned.is_key_new:
        text = (
            f"Trusting the key of {checkpoint.origin} from now on. Compare its fingerprint "
            f"{cosigned.log_key.fingerprint} with the one that the operators publish."
        )
        typer.echo(printable(text), err=True)
    if post:
        witness.log.post_cosignature(checkpoint.size, cosigned.line)
        typer.echo(printable(f"cosigned {checkpoint.origin} at {checkpoint.size} entries"))
    else:
        typer.get_binary_stream("stdout").write(f"{cosigned.line}\n".encode())


def _log_key(text: str | None) -> VerifierKey | None:
    key = read_trust(text, None, ()).key
    if isinstance(key, bytes):
        raise InputError("--log-key: give the vkey of the log, which has its name")
    return key


@witness_app.command()
def keygen(
    name: Annotated[
        str,
        typer.Argument(help="Name of the witness, such as witness.example.com/w1.", show_default=False),
    ],
    key: KeyFile,
) -> None:
    """Create a key, and print its vkey for the operators of the log."""
    from countersign_verify.witness import WitnessError, create_key  # noqa: PLC0415 (slow)

    try:
        typer.echo(str(create_key(name, key).verifier_key))
    except WitnessError as error:
        _fail(str(error))


def _fail(message: str) -> NoReturn:
    typer.echo(printable(message), err=True)
    raise typer.Exit(EXIT_UNUSABLE)
