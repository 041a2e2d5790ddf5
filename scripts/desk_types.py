"""The desk's types of our API, generated from our OpenAPI: writes them, or with `--check` compares."""

import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
TYPES = ROOT / "web" / "src" / "api" / "schema.d.ts"

sys.path.insert(0, str(ROOT))
from build_desk import npm  # noqa: E402


def main() -> int:
    """0 when the types are those of the schema."""
    with tempfile.TemporaryDirectory() as folder:
        schema, fresh = Path(folder) / "openapi.json", Path(folder) / "schema.d.ts"
        schema.write_bytes(
            subprocess.run([sys.executable, "-m", "doorstep", "schema"], stdout=-1, check=True).stdout
        )
        npm(ROOT / "web", "exec", "--", "openapi-typescript", str(schema), "--output", str(fresh))
        if "--check" not in sys.argv:
            TYPES.write_text(fresh.read_text("utf-8"), "utf-8")
            return 0
        if TYPES.read_text("utf-8") == fresh.read_text("utf-8"):
            return 0
    print(f"{TYPES.relative_to(ROOT)} is not what our OpenAPI says. Run `make types`.", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
