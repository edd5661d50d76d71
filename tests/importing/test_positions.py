"""Navigation satellites' files: fields in their columns, blanks empty, time scales kept and turned to UTC."""

from datetime import datetime

import pytest

from spacesec.data import time_scales
from spacesec.importing import navigation, positions
from spacesec.importing.found import Unplaced

HEAD = (
    "     4.02           N: GNSS NAV DATA    M: MIXED            RINEX VERSION / TYPE\n"
    "    18                                                      LEAP SECONDS\n"
    "                                                            END OF HEADER\n"
)
HEAD3 = HEAD.replace("4.02", "3.05")
# RINEX 4.02, table A32: the standard's own example of NavIC, with blank and spare fields.
NAVIC = (
    "> EPH I02 LNAV\n"
    "I02 2020 09 15 02 05 36 6.225099787116e-04 1.773514668457e-11 0.000000000000e+00\n"
    "     1.690000000000e+02-5.793750000000e+02 4.834487090078e-09-4.281979621524e-01\n"
    "    -1.904368400574e-05 2.015684265643e-03-3.430992364883e-06 6.493289550781e+03\n"
    "     1.803360000000e+05 2.495944499969e-07-1.337499015334e+00 7.450580596924e-08\n"
    "     5.022043764738e-01 1.946250000000e+02-2.970970345572e+00-4.461614415577e-09\n"
    "    -9.578970431139e-10                    2.123000000000e+03\n"
    "     2.000000000000e+00 0.000000000000e+00-1.862645149231e-09\n"
    "     1.804920000000e+05\n"
)
# By hand: QZS-2 on an orbit of a day (42,164 km, 0.075, 41 degrees), its health 1, its fit interval blank.
QZSS = (
    "J02 2026 11 05 00 00 00-1.000000000000D-05 0.000000000000D+00 0.000000000000D+00\n"
    "     1.000000000000D+01-5.793750000000D+02 4.834487090078D-09-4.281979621524D-01\n"
    "    -1.904368400574D-05 7.500000000000D-02-3.430992364883D-06 6.493373000000D+03\n"
    "     3.456000000000D+05 2.495944499969D-07-1.337499015334D+00 7.450580596924D-08\n"
    "     7.155849933177D-01 1.946250000000D+02-1.570970345572D+00-4.461614415577D-09\n"
    "    -9.578970431139D-10 2.000000000000D+00 2.443000000000D+03 0.000000000000D+00\n"
    "     2.800000000000D+00 1.000000000000D+00-4.656612873077D-09 1.000000000000D+01\n"
    "     3.455700000000D+05                                                         \n"
)
# The same in the week of the standard's example: 15 September 2020, a Tuesday.
QZSS_2020 = QZSS.replace("2026 11 05", "2020 09 15").replace("2.443000000000D+03", "2.123000000000D+03")
QZSS_2020 = QZSS_2020.replace("3.456000000000D+05", "1.728000000000D+05")
STO = (
    "> STO G LNAV\n    2026 11 05 00 00 00 GPUT\n"
    "     3.455700000000D+05 0.000000000000D+00 0.000000000000D+00\n"
)
SP3 = (
    "#dP2026 11  5  0  0  0.00000000       2 ORBIT IGS20 FIT  IGS\n"
    "## 2443 345600.00000000   900.00000000 61349 0.0000000000000\n"
    "+    3   G01J02I02  0  0  0  0  0  0  0  0  0  0  0  0  0  0\n"
    "++         2  2  2  0  0  0  0  0  0  0  0  0  0  0  0  0  0\n"
    "%c M  cc GPS ccc cccc cccc cccc cccc ccccc ccccc ccccc ccccc\n"
    "%f  1.2500000  1.025000000  0.00000000000  0.000000000000000\n"
    "/* BY HAND\n"
    "*  2026 11  5  0  0  0.00000000\n"
    "PG01  15402.861499  21607.418873  -2183.091510    -12.345678\n"
    "PJ02      0.000000      0.000000      0.000000 999999.999999\n"
    "PI02  29862.474537  29801.287398     94.286532 999999.999999              EP  MP\n"
    "*  2026 11  5  0 15  0.00000000\n"
    "PG01  15402.861499  21607.418873  -2183.091510    -12.345678\n"
    "PJ02 -31402.861499  28607.418873  -2183.091510      0.000000\n"
    "PI02  29862.474537  29801.287398     94.286532      1.000000\n"
    "EOF\n"
)
YUMA = """******** Week  224 almanac for PRN-01 ********
ID:                         01
Health:                     000
Eccentricity:               0.5358695984E-002
Time of Applicability(s):  589824.0000
Orbital Inclination(rad):   0.9772440325
Rate of Right Ascen(r/s):  -0.7931758961E-008
SQRT(A)  (m 1/2):           5153.583496
Right Ascen at Week(rad):  -0.2613969176E+000
Argument of Perigee(rad):  -1.718055112
Mean Anom(rad):             0.3143769288E+000
Af0(s):                     0.3194808960E-003
Af1(s/s):                   0.0000000000E+000
week:                        224

"""


def read(folder, text, **options):
    path = folder / "orbits.txt"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return positions.read(path, **options)


def test_a_mixed_file_gives_every_field_as_the_standard_places_it(tmp_path):
    found = read(tmp_path, HEAD + STO + NAVIC + "> EPH J02 LNAV\n" + QZSS_2020)
    navic, qzss = (row.cells for row in found.rows)
    assert (navic["satellite"], navic["message"], navic["week"]) == ("I02", "LNAV", "2.123000000000E+03")
    assert navic["sqrt_axis_sqrt_m"] == "6.493289550781E+03" and navic["codes"] == ""
    assert navic["transmission_s"] == "1.804920000000E+05" and navic["fit_interval"] == ""
    # NavIC time runs with GPS: 18 s before UTC since 2017.
    assert navic["epoch"] == "2020-09-15T02:05:36" and navic["epoch_utc"] == "2020-09-15T02:05:18Z"
    assert qzss["clock_bias_s"] == "-1.000000000000E-05" and qzss["fit_interval"] == ""
    # In order though 1: Japan's satellites say so of the signal that they do not send.
    assert (navic["healthy"], qzss["healthy"], qzss["health"]) == ("true", "true", "1.000000000000E+00")
    assert qzss["time_system"] == "QZS" and found.dated == "2020-09-15"


@pytest.mark.parametrize(
    ("system", "bits", "usable"),
    [("G", 0, True), ("G", 1, False), ("G", 63, False), ("I", 1, False)]
    # All of Japan's broadcast 1 in service (s-taka.org, 2024); 17 sends neither of the two signals.
    + [("J", 0, True), ("J", 1, True), ("J", 16, True), ("J", 17, False), ("J", 33, False), ("J", 4, False)],
)
def test_health_bits_call_a_satellite_usable(system, bits, usable):
    assert navigation.healthy(system, bits) is usable


def test_version_3_has_no_names_and_other_systems_are_counted(tmp_path):
    glonass = "R01 2026 11 05 00 15 00" + " 0.000000000000D+00" * 3 + "\n" + ("    " + " 0.0" * 4 + "\n") * 3
    found = read(tmp_path, HEAD3 + glonass + QZSS_2020 + NAVIC.partition("\n")[2])
    assert [row.cells["satellite"] for row in found.rows] == ["J02", "I02"]
    assert any("1 R" in note for note in found.notes)


def test_missing_positions_and_clocks_are_empty_never_the_center_of_the_earth(tmp_path):
    found = read(tmp_path, SP3)
    rows = [row.cells for row in found.rows]
    assert [row["satellite"] for row in rows] == ["G01", "J02", "I02"] * 2
    assert rows[1]["x_km"] == rows[1]["clock_us"] == "" and rows[4]["clock_us"] == "0.000000"
    assert rows[2]["clock_event"] == rows[2]["clock_predicted"] == rows[2]["maneuver"] == "true"
    assert rows[2]["clock_us"] == "" and rows[2]["x_km"] == "29862.474537" and rows[0]["frame"] == "IGS20"
    assert any("without a position: 1; without a clock: 2" in note for note in found.notes)
    assert rows[0]["epoch_utc"] == "2026-11-04T23:59:42Z"


def test_an_almanacs_week_is_placed_by_a_day_of_its_time(tmp_path):
    [row] = read(tmp_path, YUMA, near="2003-12-10").rows
    # Week 224 after the rollover of 22 August 1999 begins on 7 December 2003; 589,824 s are 6 d 19:50:24.
    assert row.cells["epoch"] == "2003-12-13T19:50:24" and row.cells["satellite"] == "G01"
    assert row.cells["epoch_utc"] == "2003-12-13T19:50:11Z"  # GPS was 13 s ahead from 1999 to 2005
    found = read(tmp_path, YUMA)
    assert next(iter(found.rows)).cells["epoch"] == "" and "rollover" in found.notes[0]
    [row] = read(
        tmp_path,
        YUMA.replace("PRN-01", "PRN-194").replace("    01\n", "    194\n").replace("5153.58", "6493.58"),
        near="2003-12-10",
    ).rows
    assert row.cells["satellite"] == "J02"


@pytest.mark.parametrize(
    ("scale", "time", "utc"),
    [
        ("GPS", datetime(1980, 1, 6), datetime(1980, 1, 6)),
        ("BDT", datetime(2006, 1, 1), datetime(2006, 1, 1)),  # where BeiDou time begins
        ("TAI", datetime(2017, 1, 1, 0, 0, 37), datetime(2017, 1, 1)),
        ("TT", datetime(2000, 1, 1, 12, 1, 4, 184000), datetime(2000, 1, 1, 12)),
        ("GPS", datetime(2026, 11, 5, 0, 0, 18), datetime(2026, 11, 5)),
    ],
)
def test_time_scales_meet_utc_where_their_definitions_say(scale, time, utc):
    assert time_scales.to_utc(time, scale) == utc and time_scales.from_utc(utc, scale) == time


def test_a_leap_second_is_no_time_after_it():
    # 2016-12-31T23:59:60.5 is TAI 00:00:36.5.
    assert time_scales.to_utc(datetime(2017, 1, 1, 0, 0, 36, 500000), "TAI") < datetime(2017, 1, 1)
    with pytest.raises(ValueError, match="not known"):
        time_scales.to_utc(datetime(2020, 1, 1), "TDB")


@pytest.mark.parametrize(
    "whole", [HEAD + NAVIC, HEAD3 + QZSS, SP3, YUMA], ids=["navic", "qzss", "sp3", "yuma"]
)
def test_a_file_that_was_cut_anywhere_gives_no_wrong_orbit(tmp_path, whole):
    right = [row.cells for row in read(tmp_path, whole).rows]
    for length in range(1, len(whole.rstrip())):
        try:
            found = read(tmp_path, whole[:length])
        except Unplaced:
            continue
        assert all(row.cells in right for row in found.rows), whole[:length][-60:]


SPOILED = {
    "cut record": HEAD + NAVIC[:-60],
    "shifted columns": HEAD + NAVIC.replace("I02 2020", "I02  2020"),
    "no end of header": HEAD[:81] + NAVIC,
    "observations": HEAD.replace("N: GNSS NAV DATA", "O: OBSERVATION  ") + NAVIC,
    "version 2": HEAD.replace("4.02", "2.11") + NAVIC,
    "not a number": HEAD + NAVIC.replace("6.493289550781e+03", "             nan  "),
    "eccentricity": HEAD + NAVIC.replace("2.015684265643e-03", "2.015684265643e+00"),
    "no week": HEAD + NAVIC.replace("2.123000000000e+03", "                  "),
    "another week": HEAD + NAVIC.replace("2.123000000000e+03", "2.124000000000e+03"),
    "week of 1,024": HEAD + NAVIC.replace("2.123000000000e+03", "7.500000000000e+01"),
    "thirteenth month": HEAD + NAVIC.replace("2020 09 15", "2020 13 15"),
    "wide digits": HEAD + NAVIC.replace("2020", "２０２０"),
    "long line": HEAD + NAVIC.replace("6.493289550781e+03\n", "6.493289550781e+03 7.0\n"),
    "only other messages": HEAD + STO,
    "precise, cut": SP3[:-80],
    "precise, epochs": SP3.replace("       2 ORBIT", "      96 ORBIT"),
    "precise, meters": SP3.replace("  15402.861499", "15402861.49900"),
    "precise, unknown satellite": SP3.replace("PG01", "PG09"),
    "precise, twice": SP3.replace("PI02", "PG01"),
    "precise, version b": SP3.replace("#dP", "#bP"),
    "precise, no such letter": SP3.replace("I02", "X02"),
    "precise, no such number": SP3.replace("J02", "J12"),
    "precise, of a year to come": SP3.replace("2026 11  5", "2099 11  5").replace("## 2443", "## 6252"),
    "precise, before all": SP3.replace("2026 11  5", "1960 11  5"),
    "letter of no system": HEAD3 + QZSS + QZSS.replace("J02", "X02"),
    "BeiDou with a week of GPS": HEAD3 + QZSS.replace("J02", "C02"),
    "small letter": HEAD3 + QZSS.replace("J02", "j02"),
    "another satellite's record": HEAD + "> EPH J03 LNAV\n" + QZSS,
    "record without its line": HEAD + NAVIC + QZSS_2020,
    "ten years between": HEAD3
    + QZSS
    + QZSS.replace("2026 11 05", "2016 11 05")
    .replace("2.443000000000D+03", "1.921000000000D+03")
    .replace("3.456000000000D+05", "5.184000000000D+05"),
    "made before its messages": HEAD3.replace(
        "    18  ",
        "TEQC                JAXA                20261101 000000 UTC PGM / RUN BY / DATE\n    18  ",
    )
    + QZSS,
    "almanac, another satellite": YUMA.replace("PRN-01", "PRN-02"),
    "almanac, of a year to come": YUMA.replace("224", "4000"),
    "almanac, axis of another system": YUMA.replace("5153.583496", "6493.583496"),
    "precise, no scale": SP3.replace("cc GPS", "cc XYZ"),
    "precise, behind EOF": SP3 + "PG01\n",
    "almanac, cut": YUMA[:-60],
    "almanac, degrees": YUMA.replace("0.9772440325", "55.99196"),
    "almanac, twice": YUMA + YUMA,
    "almanac, words": YUMA.replace("5153.583496", "n/a"),
    "almanac, renamed": YUMA.replace("Mean Anom", "Anomaly"),
    "almanac, number": YUMA.replace("    01\n", "    99\n"),
    "empty": "",
    "web page": "<html>login</html>",
    "compressed": b"\x1f\x8b\x08",
    "Hatanaka": "1.0                 COMPACT RINEX FORMAT                    CRINEX VERS   / TYPE\n",
    "words": "orbits of November",
}


@pytest.mark.parametrize("name", SPOILED)
def test_a_spoiled_file_is_refused_in_one_sentence(tmp_path, name):
    with pytest.raises(Unplaced) as refused:
        read(tmp_path, SPOILED[name])
    assert "orbits.txt" in str(refused.value) and "is not taken: " in str(refused.value)


def test_an_almanac_is_of_no_time_to_come(tmp_path):
    with pytest.raises(Unplaced, match="'224' is not taken: it lies more than a month ahead"):
        read(tmp_path, YUMA, near="2099-01-01")


# By the description of version a (1991): no letters, no time scale, no columns behind the clock.
SP3_A = (
    "#aP1994 12 17  0  0  0.00000000       1 ORBIT ITR92 FIT  JPL\n"
    "## 0779 518400.00000000   900.00000000 49703 0.0000000000000\n"
    "+    2     1 31  0  0  0  0  0  0  0  0  0  0  0  0  0  0  0\n"
    "%c cc cc ccc ccc cccc cccc cccc cccc ccccc ccccc ccccc ccccc\n"
    "*  1994 12 17  0  0  0.00000000\n"
    "P  1  16258.524750  -3529.015750 -20611.427050    -62.540600\n"
    "P 31      0.000000      0.000000      0.000000 999999.999999\n"
    "EOF\n"
)


def test_version_a_of_sp3_knows_gps_alone(tmp_path):
    one, other = (row.cells for row in read(tmp_path, SP3_A).rows)
    assert (one["satellite"], one["x_km"], one["clock_us"]) == ("G01", "16258.524750", "-62.540600")
    # GPS was 10 s ahead from July 1994 on.
    assert (one["time_system"], one["epoch_utc"]) == ("GPS", "1994-12-16T23:59:50Z")
    assert (other["satellite"], other["x_km"], other["clock_us"]) == ("G31", "", "")
    with pytest.raises(Unplaced, match="no time scale"):
        read(tmp_path, SP3_A.replace("#a", "#c"))


@pytest.mark.parametrize(
    ("name", "text", "day"),
    [  # 5 November 2026 is day 309 and the fifth day (4) of week 2443
        ("BRDC00IGS_R_20263090000_01D_MN.rnx", HEAD3 + QZSS, ""),
        ("QZSS00JPN_R_20253090000_01D_JN.rnx", HEAD3 + QZSS, "2025-11-05"),
        ("QZSS00JPN_R_20263020000_07D_JN.rnx", HEAD3 + QZSS, ""),
        ("brdc3090.26p", HEAD3 + QZSS, ""),
        ("brdc3090.25p", HEAD3 + QZSS, "2025-11-05"),
        ("IGS0OPSFIN_20263090000_01D_15M_ORB.SP3", SP3, ""),
        ("IGS0OPSFIN_20261000000_01D_15M_ORB.SP3", SP3, "2026-04-10"),
        ("igs24434.sp3", SP3, ""),
        ("igs22434.sp3", SP3, "2023-01-05"),
        ("november.sp3", SP3, ""),
    ],
)
def test_a_file_is_of_the_day_in_its_name(tmp_path, name, text, day):
    (tmp_path / name).write_text(text)
    if not day:
        assert positions.read(tmp_path / name).rows
        return
    with pytest.raises(Unplaced, match=f"'2026-11-05' is not taken: by its name the file is of {day}"):
        positions.read(tmp_path / name)


def test_beidou_counts_its_own_weeks(tmp_path):
    """From 1 January 2006 on, 1,356 weeks after GPS."""
    text = QZSS.replace("J02", "C02").replace("2.443000000000D+03", "1.087000000000D+03")
    [row] = read(tmp_path, HEAD3 + text).rows
    assert (row.cells["satellite"], row.cells["epoch"]) == ("C02", "2026-11-05T00:00:00")
    assert row.cells["epoch_utc"] == "2026-11-04T23:59:56Z"  # 4 s ahead: 33 of the 37 of TAI are taken off
