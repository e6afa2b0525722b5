"""What is generated belongs to the document that is committed, and nobody has edited it."""

import json

from clients.generate import DIGESTS, digests


def test_both_clients_were_generated_from_the_committed_document() -> None:
    said = "run `python -m clients.generate`, and commit what it writes"
    assert json.loads(DIGESTS.read_text()) == digests(), said
