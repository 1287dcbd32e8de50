"""The words of `zaitaku conformance --help`, in both languages."""

from __future__ import annotations

from zaitaku_rules.errors import Message

COMMANDS = {
    "conformance": Message(
        "ほかのソフトの判定を確かめる試験(適合性試験)を書き出し、結果と比べます。",
        "Write the conformance pack for other software, and compare its results.",
    ),
    "conformance write": Message(
        "適合性試験を書き出します。規則ごとに1ファイルのフォルダーか、.jsonl のファイルに。",
        "Write the cases with what must come out: a folder (a file for each rule), or one .jsonl file.",
    ),
    "conformance check": Message(
        "結果(1行に1件の JSON)を期待する判定と比べます。書いてある項目だけを比べます。"
        "終了コード: 0 違いなし、1 違いあり、2 入力か呼び出しの誤り。",
        "Compare results (JSON lines) with what must come out; only what they state is compared. "
        "Exit code: 0 nothing differs, 1 something does, 2 wrong input or call.",
    ),
}
"""What each command does."""

PARAMETERS = {
    "every_case": Message(
        "結果のない事例があっても終了コードを 1 にします。", "Exit with 1 for a case without a result too."
    ),
    "target": Message(
        "出力先。.jsonl ならファイル、ほかはフォルダー。",
        "Where to write: a file if it ends in .jsonl, else a folder.",
    ),
    "made_of": Message(
        "同梱の試験ではなく、このフォルダーの事例(TOML)から作ります。何度でも書けます。",
        "Make the pack of the cases (TOML) in this folder, not the one that ships; may be repeated.",
    ),
    "results": Message(
        '結果。1行に1件、{"id": ..., "verdict": ..., "rules": {...}}。「-」は標準入力。',
        'Results, a line for each case: {"id": ..., "verdict": ..., "rules": {...}}; - is standard input.',
    ),
    "pack": Message(
        "同梱の試験ではなく、前に書き出したこの試験と比べます。",
        "Compare with this pack, written before, not with the one that ships.",
    ),
}
"""What each argument and option means."""
