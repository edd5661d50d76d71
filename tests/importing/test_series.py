"""Series into their tables: what stands there already must come out of the publisher's own form."""

from decimal import Decimal

import pytest

from spacesec.collection import door
from spacesec.data import tables
from spacesec.importing import kinds, series
from spacesec.importing.found import Unplaced

WORLD_BANK = (
    '\ufeff"Data Source","World Development Indicators",\n\n"Last Updated Date","2026-03-01",\n\n'
    '"Country Name","Country Code","Indicator Name","Indicator Code",{years}\n'
    '"Japan","JPN","x","{code}",{values}\n"Aruba","ABW","x","{code}",{values}\n'
)


def bank(code, values):
    told = {
        name: ",".join(f'"{one}"' for one in held) + ","
        for name, held in (("years", values), ("values", values.values()))
    }
    return WORLD_BANK.format(code=code, **told)


def beside(path, name):
    kind = kinds.kind(name)
    resource, to = door.target(kind, None)
    return door.beside(door.fitted(kind.read(path).rows, resource, to, {}), resource, to, keep=True)


def test_rates_that_stand_and_a_new_one(tmp_path):
    held = tables.load("budgets/exchange_rates")
    path = tmp_path / "EXJPUS.csv"
    lines = [f"{row.month:%Y-%m-%d},{row.jpy_per_usd:.4f}\n" for row in held.itertuples()]
    path.write_text("observation_date,EXJPUS\n" + "".join(lines) + "2026-07-01,151.2300\n", "utf-8")
    made = beside(path, "exchange_rates")
    assert made.counts[door.SAME] == len(held) and made.counts[door.NEW] == 1 and not made.others
    assert made.new[0].cells["jpy_per_usd"] == "151.2300" and made.new[0].cells["locator"] == "Japan, 2026-07"


def test_output_and_prices(tmp_path):
    path = tmp_path / "wb.csv"
    path.write_text(bank("NY.GDP.MKTP.CD", {"1990": "3185904656663.85", "2024": "4000000000000.5"}), "utf-8")
    made = beside(path, "gdp_usd")
    assert made.counts[door.SAME] == 1 and made.counts[door.NEW] == 1
    assert Decimal(made.new[0].cells["amount_bn_usd"]) == Decimal("4000")
    path.write_text(bank("FP.CPI.TOTL.ZG", {"1990": "3.07851670073", "1989": "-0.25"}), "utf-8")
    made = beside(path, "prices")
    assert made.counts[door.SAME] == 1 and made.new[0].cells["change_percent"] == "-0.25"


@pytest.mark.parametrize(
    "text, read, said",
    [
        ("DATE,EXJPUS\n1990-01-01,0.0069\n1990-02-01,0.0068\n", series.exchange_rates, "no monthly rate"),
        ("DATE,EXJPUS\n1990-01-02,144.1\n1990-01-03,144.2\n", series.exchange_rates, "no monthly rate"),
        ("DATE,DEXJPUS\n1990-01-01,144.1\n1990-02-01,144.2\n", series.exchange_rates, "EXJPUS"),
        (bank("NY.GDP.MKTP.KD", {"1990": "1"}), series.gdp_usd, "NY.GDP.MKTP.CD"),
        # A number of billions, one of yen (591 trillion), an index (2010 is 100).
        (bank("NY.GDP.MKTP.CD", {"2022": "4256.41"}), series.gdp_usd, "'4256.41' .* no output in single"),
        (bank("NY.GDP.MKTP.CD", {"2023": "591882000000000"}), series.gdp_usd, "no output in single"),
        (bank("FP.CPI.TOTL.ZG", {"2022": "107.8"}), series.prices, "no change of prices in percent"),
        # Times to come; nobody has measured them.
        (bank("NY.GDP.MKTP.CD", {"2049": "4000000000000"}), series.gdp_usd, "'2049-01-01' .* a time to come"),
        (bank("FP.CPI.TOTL.ZG", {"2049": "2"}), series.prices, "'2049-01-01' .* a time to come"),
        (
            "DATE,EXJPUS\n2049-01-01,144.1\n2049-02-01,144.2\n",
            series.exchange_rates,
            "'2049-01-01' .* a time to come",
        ),
    ],
)
def test_other_series_are_refused(tmp_path, text, read, said):
    path = tmp_path / "a.csv"
    path.write_text(text, "utf-8")
    with pytest.raises(Unplaced, match=said):
        read(path)
