CREATE TABLE meta (key TEXT PRIMARY KEY, value) WITHOUT ROWID;

CREATE TABLE document (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    path BLOB NOT NULL UNIQUE,  -- a file name may be bytes that are no text
    date TEXT NOT NULL,
    language TEXT NOT NULL,
    title TEXT NOT NULL,
    area TEXT NOT NULL,
    event TEXT NOT NULL,
    publisher TEXT NOT NULL,
    source TEXT NOT NULL,
    url TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    look TEXT NOT NULL  -- of its file when it was read, '' while that may change unseen
);

-- What is long and seldom asked for stands apart, so that the documents are listed without it.
CREATE TABLE content (
    number INTEGER PRIMARY KEY REFERENCES document,
    text TEXT NOT NULL,
    outline TEXT NOT NULL,
    figures TEXT  -- JSON; NULL until somebody asks for those of a document without a record
);
CREATE TABLE search (
    number INTEGER PRIMARY KEY REFERENCES document,
    words TEXT NOT NULL  -- a line for each sentence
);

-- The fields of an Observation, and its place among those of its document, in the order of the text.
-- Clustered in the order in which records are answered, so that nothing is ever sorted.
CREATE TABLE record (
    indicator TEXT NOT NULL,
    value TEXT NOT NULL,  -- as it was read: 9.0 is not 9
    unit TEXT NOT NULL,
    bound TEXT NOT NULL,
    status TEXT NOT NULL,
    start TEXT NOT NULL,  -- '' is none
    "end" TEXT NOT NULL,
    basis TEXT NOT NULL,
    measure TEXT NOT NULL,
    nature TEXT NOT NULL,
    document TEXT NOT NULL,
    published TEXT NOT NULL,
    sentence INTEGER NOT NULL,
    quote TEXT NOT NULL,
    span_start INTEGER NOT NULL,
    span_end INTEGER NOT NULL,
    surface TEXT NOT NULL,
    note TEXT NOT NULL,
    confidence REAL NOT NULL,
    place INTEGER NOT NULL,
    PRIMARY KEY (indicator, "end", start, published, document, place)
) WITHOUT ROWID;
CREATE INDEX record_document ON record (document, confidence);

-- What follows is made from the records when all are there, so that an overview of an archive, in which
-- thousands of documents say the same, costs little more than one of a few reports.

-- How many records an indicator has, of each confidence.
CREATE TABLE tally (
    indicator TEXT NOT NULL,
    confidence REAL NOT NULL,
    records INTEGER NOT NULL,
    PRIMARY KEY (indicator, confidence)
) WITHOUT ROWID;

-- Of the records that say the same, the first and the last.
CREATE TABLE claim (
    indicator TEXT NOT NULL,
    "end" TEXT NOT NULL,
    start TEXT NOT NULL,
    published TEXT NOT NULL,
    document TEXT NOT NULL,
    place INTEGER NOT NULL,
    PRIMARY KEY (indicator, "end", start, published, document, place)
) WITHOUT ROWID;
