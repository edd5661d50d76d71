"""The collection as data for other programs: a data package, one database, Parquet, references."""
