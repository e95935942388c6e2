"""compose.yaml, the unit and nginx's files against the tree and against each other; no engine is needed."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from sqlalchemy import make_url

from okr_assistant.paths import STREAMLIT_CONFIG
from okr_assistant.settings import PREFIX, Settings, variable
from okr_assistant.web.options import file_options
from okr_assistant.web.routes.votes import LIMITS
from tests.deploy.dockerfile import DEPLOY, last
from tests.deploy.test_image import PINNED
from tests.replicas.proxy import SHIPPED, command, write_configuration
from tests.serving import CHECKOUT

COMPOSE: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
REPLICAS = {name: service for name, service in SERVICES.items() if name.startswith("replica")}
SETTINGS = {variable(field) for field in Settings.model_fields}


def nginx_text() -> str:
    return "".join(path.read_text(encoding="utf-8") for path in sorted(SHIPPED.glob("*.conf")))


def test_there_are_two_replicas_that_differ_in_their_address_alone() -> None:
    first, second = ({k: v for k, v in one.items() if k != "networks"} for one in REPLICAS.values())
    assert first == second
    addresses = [one["networks"]["front"]["ipv4_address"] for one in REPLICAS.values()]
    assert len(set(addresses)) == 2


def test_what_the_proxy_asks_for_is_there() -> None:
    port = last("EXPOSE").rest
    asked = re.findall(r"^    server (\S+):(\d+)", (SHIPPED / "okr-assistant.conf").read_text(), re.MULTILINE)
    assert asked == [(name, port) for name in REPLICAS] * 2
    inside = {mapping.rsplit(":", 1)[1] for mapping in SERVICES["proxy"]["ports"]}
    assert inside == set(re.findall(r"listen (\d+)", nginx_text()))


def test_the_replicas_believe_the_proxy_and_nobody_else() -> None:
    address = SERVICES["proxy"]["networks"]["front"]["ipv4_address"]
    assert {one["environment"]["FORWARDED_ALLOW_IPS"] for one in REPLICAS.values()} == {address}
    assert address not in {one["networks"]["front"]["ipv4_address"] for one in REPLICAS.values()}


def test_the_files_that_one_address_sends_at_once_fit_into_the_proxy() -> None:
    """They are in memory, as the rest of the proxy is."""
    proxy, text = SERVICES["proxy"], nginx_text()
    (room,) = re.findall(r"^/tmp:.*size=(\d+)m", "\n".join(proxy["tmpfs"]), re.MULTILINE)
    (files,) = re.findall(r"limit_conn okr_uploads (\d+);", text)
    largest = max(int(size) for size in re.findall(r"client_max_body_size (\d+)m", text))
    assert int(files) * largest < int(room)
    assert 2 * int(room) <= int(proxy["mem_limit"].removesuffix("m"))


def test_every_variable_of_ours_is_a_setting_and_no_password_is_in_one() -> None:
    for service in SERVICES.values():
        names = {name for name in service.get("environment", {}) if name.startswith(PREFIX)}
        assert names <= SETTINGS
    url = make_url(REPLICAS["replica-1"]["environment"]["OKR_ASSISTANT_DATABASE_URL"])
    assert url.password is None
    assert url.host in SERVICES
    database = SERVICES["database"]["environment"]
    assert (url.username, url.database) == (database["POSTGRES_USER"], database["POSTGRES_DB"])
    assert "POSTGRES_PASSWORD" not in database


def test_secrets_are_files_that_are_not_in_the_repository() -> None:
    ignored = (CHECKOUT / ".gitignore").read_text(encoding="utf-8").splitlines()
    used = {secret for service in SERVICES.values() for secret in service.get("secrets", [])}
    assert used == set(COMPOSE["secrets"])
    for secret in COMPOSE["secrets"].values():
        assert secret["file"].startswith("./private/")
    assert "private/" in ignored


@pytest.mark.parametrize("name", SERVICES)
def test_each_service_is_pinned_limited_and_started_again(name: str) -> None:
    service = SERVICES[name]
    assert (
        "build" in service or PINNED.match(service["image"]) or re.search(r":\d+\.\d+-[a-z]+$", service["image"])
    )
    assert {"mem_limit", "cpus", "pids_limit"} <= set(service)
    assert service["restart"] == "unless-stopped"
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert "healthcheck" in service or "build" in service, "the image has its own check"
    assert name == "database" or (service["read_only"] and service["cap_drop"] == ["ALL"])


def test_only_the_proxy_has_ports_and_only_the_replicas_reach_the_database() -> None:
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["proxy"]
    assert {name for name, service in SERVICES.items() if "inside" in service["networks"]} == {
        "database",
        *REPLICAS,
    }
    assert COMPOSE["networks"]["inside"]["internal"] is True


def test_what_is_mounted_is_there_or_said_to_be_made() -> None:
    readme = (DEPLOY / "README.md").read_text(encoding="utf-8")
    for volume in SERVICES["proxy"]["volumes"]:
        source = re.sub(r"\$\{SITE:-(\w+)\}", r"\1", volume).split(":")[0]
        assert (DEPLOY / source).exists() or f"deploy/{Path(source)}/" in readme, source


def test_nginx_takes_what_the_app_takes() -> None:
    upload = int(file_options(STREAMLIT_CONFIG)["server.maxUploadSize"])
    least, most = sorted(int(size) for size in re.findall(r"client_max_body_size (\d+)m", nginx_text()))
    assert least * 1024 * 1024 > LIMITS.most_bytes
    assert upload < most <= upload + 1


@pytest.mark.server
@pytest.mark.parametrize("site", ["http.conf", "https.conf"])
def test_nginx_accepts_what_is_shipped(site: str, tmp_path: Path) -> None:
    others = {"replica-1:8501": "127.0.0.1:1", "replica-2:8501": "127.0.0.1:2"}
    if site == "https.conf":
        certificate = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=okr.example.org"]
        files = ["-keyout", str(tmp_path / "privkey.pem"), "-out", str(tmp_path / "fullchain.pem")]
        subprocess.run([*certificate, *files], check=True, capture_output=True)
        others["/etc/nginx/certificate/"] = f"{tmp_path}/"
    main = write_configuration(tmp_path, site, others)
    tried = subprocess.run([*command(main), "-t"], capture_output=True, text=True, check=False)
    assert tried.returncode == 0, tried.stderr
    assert "[warn]" not in tried.stderr


def test_systemd_accepts_the_unit(tmp_path: Path) -> None:
    unit = (DEPLOY / "okr-assistant.service").read_text(encoding="utf-8")
    assert "/srv/okr-assistant/bin/okr-assistant serve " in unit
    if tool := shutil.which("systemd-analyze"):
        here = tmp_path / "okr-assistant.service"
        here.write_text(unit.replace("/srv/okr-assistant/bin/okr-assistant", sys.executable), encoding="utf-8")
        tried = subprocess.run([tool, "verify", "--man=no", here], capture_output=True, text=True, check=False)
        assert (tried.returncode, tried.stderr) == (0, "")


def test_the_settings_that_the_instructions_name_are_settings() -> None:
    readme = (DEPLOY / "README.md").read_text(encoding="utf-8")
    named = set(re.findall(rf"{PREFIX}[A-Z_]+", readme))
    assert named
    assert named <= SETTINGS
