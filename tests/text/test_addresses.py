import pytest

from provcheck.text.addresses import host_of, joined, site_of


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://www.coast.example/a", "coast.example"),
        ("http://[abc/x", ""),
        ("http://a\u2100b.example/", ""),
        ("no address", ""),
        (None, ""),
    ],
)
def test_the_host_of_anything(address: str | None, host: str) -> None:
    assert host_of(address) == host


@pytest.mark.parametrize(
    ("host", "site"),
    [
        ("en.yna.co.kr", "yna"),
        ("aap.com.au", "aap"),
        ("apnews.com", "apnews"),
        ("www2.coast.example", "coast"),
        ("The Coast", "The Coast"),
    ],
)
def test_the_name_that_was_registered(host: str, site: str) -> None:
    assert site_of(host) == site


def test_a_link_that_is_no_address_stays_as_it_is() -> None:
    assert joined("https://coast.example/a/", "b.html") == "https://coast.example/a/b.html"
    assert joined("https://coast.example/", "http://[abc/x") == "http://[abc/x"
