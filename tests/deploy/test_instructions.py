"""What deploy/README.md and docs/operations.md tell people to do, done in a folder."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from okr_assistant.paths import ROOT
from tests.deploy.dockerfile import DEPLOY
from tests.replicas.proxy import SHIPPED, command
from tests.serving import OKR_ASSISTANT, clean_environment, free_port
from tests.stores import put_empty_store

README = (DEPLOY / "README.md").read_text(encoding="utf-8")
OPERATIONS = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
UNIT = (DEPLOY / "okr-assistant.service").read_text(encoding="utf-8")

_AS_DEBIAN = """
pid {folder}/nginx.pid;
error_log {folder}/var/log/nginx/error.log;
events {{ worker_connections 768; }}
http {{
    access_log {folder}/var/log/nginx/access.log;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/etc/nginx/conf.d/*.conf;
    include {folder}/etc/nginx/sites-enabled/*;
}}
"""


def block_after(text: str) -> str:
    """The commands that the README shows after these words."""
    found = re.search(r"^ *```sh\n(.*?)^ *```$", README[README.index(text) :], re.MULTILINE | re.DOTALL)
    assert found
    return found[1]


def in_shell(script: str, folder: Path, **variables: str) -> subprocess.CompletedProcess[Any]:
    environment = clean_environment(variables)
    return subprocess.run(["sh", "-c", script], cwd=folder, env=environment, capture_output=True, check=False)


def certificate(folder: Path) -> None:
    folder.mkdir(parents=True)
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=okr.example.org"]
    files = ["-keyout", str(folder / "privkey.pem"), "-out", str(folder / "fullchain.pem")]
    subprocess.run([*made, *files], check=True, capture_output=True)


def a_server(folder: Path) -> Callable[[str], str]:
    """A folder with what Debian's nginx has and certbot makes; what turns a server's paths into those in it."""

    def moved(text: str) -> str:
        return re.sub(r"(?<=[\s#])/(?=(?:etc|var)/)", f"{folder}/", text)

    for name in ("etc/nginx/conf.d", "etc/nginx/sites-enabled", "var/log/nginx", "deploy/nginx"):
        (folder / name).mkdir(parents=True)
    (folder / "etc/nginx/sites-enabled/default").write_text("server { listen 80 default_server; }\n")
    certificate(folder / "etc/letsencrypt/live/okr.example.org")
    for shipped in SHIPPED.glob("*.conf"):
        (folder / "deploy/nginx" / shipped.name).write_text(moved(shipped.read_text(encoding="utf-8")))
    return moved


@pytest.mark.server
def test_nginx_accepts_what_the_commands_put_where_debian_looks(tmp_path: Path) -> None:
    """It once did not: what used the format of the log was included before what gave it."""
    script = a_server(tmp_path)(block_after("4. Put nginx in front"))
    done = in_shell(f"set -e\n{script}", tmp_path)
    assert (done.returncode, done.stderr) == (0, b"")
    assert list((tmp_path / "etc/nginx/sites-enabled").iterdir()) == []
    site = tmp_path / "etc/nginx/conf.d/okr-assistant-site.conf"
    text = site.read_text(encoding="utf-8")
    assert sorted(set(re.findall(r"listen (\d+)", text))) == ["443", "80"]
    everything = "".join(path.read_text(encoding="utf-8") for path in (tmp_path / "etc/nginx").rglob("*.conf"))
    assert re.findall(r"^\s+server (\S+)", everything, re.MULTILINE) == ["127.0.0.1:8501"] * 2
    assert re.findall(r"/dev/\w+|replica-\d:", everything) == []
    ports = {"listen 443": f"listen {free_port()}", "listen 80;": f"listen {free_port()};"}  # others need root
    for old, new in ports.items():
        text = text.replace(old, new)
    site.write_text(text, encoding="utf-8")
    main = tmp_path / "nginx.conf"
    main.write_text(_AS_DEBIAN.format(folder=tmp_path), encoding="utf-8")
    tried = subprocess.run([*command(main), "-t"], capture_output=True, text=True, check=False)
    assert tried.returncode == 0, tried.stderr
    assert "[warn]" not in tried.stderr


def stand_ins(folder: Path) -> str:
    """``docker compose`` that runs what it is given right here, and our command; the path with them."""
    tools = folder / "bin"
    tools.mkdir()
    texts = {
        "docker": 'while [ "$1" != replica-1 ]; do shift; done; shift; exec "$@"',
        "okr-assistant": f'exec {shlex.join(OKR_ASSISTANT)} "$@"',
    }
    for name, text in texts.items():
        (tools / name).write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
        (tools / name).chmod(0o755)
    return f"{tools}{os.pathsep}{os.environ['PATH']}"


def test_a_backup_through_compose_is_for_its_owner_and_a_failed_one_leaves_the_last(tmp_path: Path) -> None:
    path, data, inside = stand_ins(tmp_path), tmp_path / "data", tmp_path / "inside"
    inside.mkdir()
    (tmp_path / "private").mkdir()
    put_empty_store(data)
    backup = block_after("**Backup**, in `deploy`").replace("/tmp/", f"{inside}/")
    back = block_after("**Getting it back**").splitlines()[1:3]
    variables = {"PATH": path, "OKR_ASSISTANT_DATA": str(data)}

    done = in_shell(backup, tmp_path, **variables)
    assert done.returncode == 0, done.stderr
    kept = tmp_path / "private" / "okr.db"
    whole = kept.read_bytes()
    assert whole.startswith(b"SQLite format 3")
    assert kept.stat().st_mode & 0o777 == 0o600
    assert list(inside.iterdir()) == [], "nothing of it stays in the replica"

    done = in_shell("\n".join(back).replace("/tmp/", f"{inside}/"), tmp_path, **variables)
    assert done.returncode == 0, done.stderr

    shutil.rmtree(data)
    assert in_shell(backup, tmp_path, **variables).returncode != 0
    assert kept.read_bytes() == whole


def test_the_pages_name_the_user_the_file_and_the_command_of_the_unit() -> None:
    def of_unit(key: str) -> str:
        (found,) = re.findall(rf"^{key}=(\S+)", UNIT, re.MULTILINE)
        return found

    user, file, tool = of_unit("User"), of_unit("EnvironmentFile"), of_unit("ExecStart")
    assert set(re.findall(r"(?:--uid=|User=|install -d -o )(\S+)", OPERATIONS)) == {user}
    assert set(re.findall(r"EnvironmentFile=(\S+)|&& \. (\S+)", OPERATIONS)) == {(file, ""), ("", file)}
    assert f"adduser --system --group --no-create-home {user}\n" in README
    assert f"cat > {file} <<END" in README
    on_a_server = re.findall(r"^(?:systemd-run|15 3 |ExecStart=).*$", OPERATIONS, re.MULTILINE)
    assert len(on_a_server) == 3
    assert [line for line in on_a_server if f"{tool} db " not in line] == []
