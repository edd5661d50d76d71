# /// script
# requires-python = ">=3.11"
# dependencies = ["ruptures==1.1.10", "pwlf==2.5.2", "numpy==2.4.6", "scipy==1.17.1"]
# ///
"""Where yearly series change: exact segmentation and PELT by ruptures, a line bent once by pwlf."""

from peers.compare import Row, peer, serve


def rows():
    import numpy as np

    from peers.ours import answered, recorded

    q = "policy_evolution/turning_points"
    for words, change in (("default", {}), ("one to two breaks", {"most_breaks": 2})):
        answer = answered(q, **change)
        counts = answer.tables["counts"]
        p = answer.parameters
        years, shortest = counts["year"].tolist(), p.shortest_years
        for series in ("pace", "security-use", "warfighting"):
            ours = [int(year) for year in answer["break_years"][series]]
            given = {
                "counts": counts[series].tolist(),
                "years": years,
                "shortest": shortest,
                "breaks": len(ours),
            }
            why = "the peer maximises the likelihood; here segments are averaged over a gamma prior"
            what = f"first years of new segments, {series}, as many as we find"
            if ours:
                yield Row(q, what, words, ours, "year", "dynp_years", given, 0, why)
            given = {"counts": counts[series].tolist(), "shortest": shortest}
            why = "PELT stops at a penalty of ln n for each break, the posterior counts breaks without one"
            what = f"number of breaks, {series}"
            yield Row(q, what, words, len(ours), "breaks", "pelt_number", given, 0, why)

    q = "regional_cooperation/maritime_awareness"
    days = answered(q).tables["days"].set_index("year")["value"].loc[2013:]
    length = [366 if year % 4 == 0 else 365 for year in days.index]
    given = {"hits": days.astype(int).tolist(), "trials": length, "years": days.index.tolist()}
    ours = recorded(q, "presence_change_year")
    yield Row(
        q, "year from which the share of days changes most", "default", ours, "year", "binomial_year", given
    )

    q = "budgets/strategy_fund"
    for words, change in (
        ("default", {}),
        ("from FY2012, lives of 5 years", {"first_year": 2012, "life_years": 5}),
    ):
        answer = answered(q, **change)
        trend = answer.tables["trend"].set_index("fiscal_year")
        p = answer.parameters
        trend = trend.loc[p.first_year : p.last_year]
        for series in ("booked", "spread", "without"):
            level = trend[series].dropna()
            given = {"years": level.index.tolist(), "logs": np.log(level.to_numpy(float)).tolist()}
            ours = answer["break_year"][series]
            what = f"year in which growth bends, fund {series}"
            why = "the peer may bend between two years with a total; here only in such a year"
            yield Row(q, what, words, ours, "year", "pwlf_bend", given, 1.0, why)


def _cost(log_likelihood):
    """A cost for ruptures from the log-likelihood of a segment of the signal."""
    from ruptures.base import BaseCost

    class Cost(BaseCost):
        model, min_size = "", 1

        def fit(self, signal):
            self.signal = signal
            return self

        def error(self, start, end):
            return -log_likelihood(self.signal[start:end])

    return Cost()


def _poisson(part):
    import numpy as np

    total = part.sum()
    return float(total * np.log(total / len(part)) - total) if total else 0.0


@peer("ruptures")
def dynp_years(counts, years, shortest, breaks):
    import numpy as np
    import ruptures

    signal = np.array(counts, float).reshape(-1, 1)
    search = ruptures.Dynp(custom_cost=_cost(_poisson), min_size=shortest, jump=1).fit(signal)
    return [years[k] for k in search.predict(n_bkps=breaks)[:-1]]


@peer("ruptures")
def pelt_number(counts, shortest):
    import numpy as np
    import ruptures

    signal = np.array(counts, float).reshape(-1, 1)
    search = ruptures.Pelt(custom_cost=_cost(_poisson), min_size=shortest, jump=1).fit(signal)
    return len(search.predict(pen=np.log(len(counts)))) - 1


@peer("ruptures")
def binomial_year(hits, trials, years):
    import numpy as np
    import ruptures

    def binomial(part):
        hit, of = part.sum(axis=0)
        share = hit / of
        return float(hit * np.log(share) + (of - hit) * np.log1p(-share)) if 0 < share < 1 else 0.0

    signal = np.column_stack([hits, trials]).astype(float)
    search = ruptures.Dynp(custom_cost=_cost(binomial), min_size=2, jump=1).fit(signal)
    return years[search.predict(n_bkps=1)[0]]


@peer("pwlf")
def pwlf_bend(years, logs):
    """Best single bend by the peer's own search, as a year."""
    import numpy as np
    from pwlf import PiecewiseLinFit

    fit = PiecewiseLinFit(np.array(years, float), np.array(logs), seed=1)
    return fit.fit(2)[1]


if __name__ == "__main__":
    serve()
