"""A cloud keeps its addresses, and two commands on it take turns."""

import json
import socket
import threading
from pathlib import Path

import pytest

from local_cloud.errors import CloudError
from local_cloud.ports import LOOPBACK, free_port, free_ports, is_free
from local_cloud.processes import ProcessId
from local_cloud.state import StateFolder, file_lock


def test_a_port_with_a_server_is_not_free() -> None:
    with socket.create_server((LOOPBACK, 0)) as server:
        assert not is_free(server.getsockname()[1])


def test_free_ports_are_different_and_free() -> None:
    ports = free_ports(3)
    assert len(set(ports)) == 3
    assert is_free(free_port())


def test_a_cloud_keeps_its_ports_and_its_root_key(tmp_path: Path) -> None:
    first = StateFolder("demo", tmp_path).read_or_create()
    assert StateFolder("demo", tmp_path).read_or_create() == first
    assert first.port != first.opensearch_port


def test_two_clouds_have_different_root_keys(tmp_path: Path) -> None:
    one = StateFolder("demo", tmp_path / "one clone").read_or_create()
    other = StateFolder("demo", tmp_path / "another clone").read_or_create()
    assert one.root != other.root
    assert one.root["access_key_id"] != "test"


def test_a_written_record_is_read_back(tmp_path: Path) -> None:
    state = StateFolder("demo", tmp_path)
    record = state.read_or_create()
    record.processes["ministack"] = ProcessId(4711, 1764000000.25)
    record.accounts["requester"] = {"email": "requester@example.com", "password": "secret"}
    state.write(record)
    assert state.read() == record


def test_a_record_of_another_version_is_read(tmp_path: Path) -> None:
    state = StateFolder("demo", tmp_path)
    record = state.read_or_create()
    file = state.path / "cloud.json"
    file.write_text(json.dumps({**json.loads(file.read_text()), "an_old_member": 1}))
    assert state.read() == record


def test_a_record_without_a_server_of_the_console_gets_a_port_for_it(tmp_path: Path) -> None:
    state = StateFolder("demo", tmp_path)
    state.read_or_create()
    file = state.path / "cloud.json"
    old = {name: value for name, value in json.loads(file.read_text()).items() if "console_" not in name}
    file.write_text(json.dumps(old))
    record = state.read_or_create()
    assert record.console_origin == f"http://localhost:{record.console_port}"
    assert state.read_or_create() == record


def test_only_the_owner_can_read_passwords(tmp_path: Path) -> None:
    state = StateFolder("demo", tmp_path)
    state.read_or_create()
    assert (state.path / "cloud.json").stat().st_mode & 0o077 == 0


def test_a_wiped_cloud_has_no_record(tmp_path: Path) -> None:
    state = StateFolder("demo", tmp_path)
    state.read_or_create()
    state.wipe()
    assert state.read() is None


@pytest.mark.parametrize("name", ["", "../demo", "Demo", "a b"])
def test_an_invalid_name_is_rejected(name: str, tmp_path: Path) -> None:
    with pytest.raises(CloudError):
        StateFolder(name, tmp_path)


def test_a_second_command_waits_until_the_first_has_ended(tmp_path: Path) -> None:
    lock = tmp_path / "lock"
    order = []
    inside, leave = threading.Event(), threading.Event()

    def first() -> None:
        with file_lock(lock):
            inside.set()
            leave.wait(10)
            order.append("first")

    def second() -> None:
        with file_lock(lock):
            order.append("second")

    threads = [threading.Thread(target=first), threading.Thread(target=second)]
    threads[0].start()
    inside.wait(10)
    threads[1].start()
    leave.set()
    for thread in threads:
        thread.join(10)
    assert order == ["first", "second"]


def test_a_lock_that_is_not_released_in_time_is_an_error(tmp_path: Path) -> None:
    second = file_lock(tmp_path / "lock", timeout=0.0)
    with file_lock(tmp_path / "lock"), pytest.raises(CloudError, match="Another command"), second:
        raise AssertionError("two commands hold the lock")
