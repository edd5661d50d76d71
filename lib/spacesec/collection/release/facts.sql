-- Every row of every table that has an id of its own, what the columns mean, and full text.
CREATE TABLE facts (row_id TEXT PRIMARY KEY, table_name TEXT NOT NULL, theme TEXT NOT NULL, date TEXT,
  year INTEGER, title TEXT NOT NULL, source_id TEXT REFERENCES sources (id), locator TEXT, evidence TEXT, grade TEXT, note TEXT) STRICT;
CREATE TABLE codebook (table_name TEXT NOT NULL, place INTEGER NOT NULL, column_name TEXT NOT NULL, 
  type TEXT NOT NULL, unit TEXT, description TEXT NOT NULL, PRIMARY KEY (table_name, place)) STRICT;
CREATE VIRTUAL TABLE search USING fts5(kind UNINDEXED, id UNINDEXED, title, words, tokenize = 'trigram');
