"""The fixture ``cloud`` for pytest."""

import pytest

import cloudjar


def pytest_configure(config):
    config.addinivalue_line("markers", "cloudjar(*options): options of the test's cloud, as `cloudjar start` has them")


@pytest.fixture
def cloud(request):
    """A cloud of the test's own, empty at first and gone at the end."""
    mark = request.node.get_closest_marker("cloudjar")
    with cloudjar.start(*(mark.args if mark else ())) as started:
        yield started
