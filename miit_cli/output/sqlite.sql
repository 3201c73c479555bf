CREATE TABLE documents (
    document TEXT PRIMARY KEY,
    date TEXT NOT NULL,
    title TEXT NOT NULL,
    language TEXT NOT NULL CHECK (language IN ('en', 'zh')),
    area TEXT,
    event TEXT,
    publisher TEXT,
    source TEXT,
    url TEXT,
    path TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    records INTEGER NOT NULL
);
CREATE TABLE sentences (
    document TEXT NOT NULL REFERENCES documents (document),
    sentence INTEGER NOT NULL,
    heading INTEGER NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (document, sentence)
);
CREATE TABLE indicators (
    indicator TEXT PRIMARY KEY,
    label TEXT NOT NULL,
    label_zh TEXT,
    unit TEXT NOT NULL,
    measure TEXT NOT NULL CHECK (measure IN ('level', 'growth', 'share', 'change')),
    nature TEXT NOT NULL CHECK (nature IN ('flow', 'stock')),
    records INTEGER NOT NULL
);
CREATE TABLE records (
    id INTEGER PRIMARY KEY,
    indicator TEXT NOT NULL REFERENCES indicators (indicator),
    period TEXT NOT NULL,
    value NUMERIC NOT NULL,
    stated TEXT NOT NULL,
    unit TEXT NOT NULL,
    bound TEXT NOT NULL CHECK (bound IN ('exact', 'lower', 'upper', 'approx')),
    status TEXT NOT NULL CHECK (status IN ('actual', 'expected', 'target')),
    start TEXT,
    "end" TEXT NOT NULL,
    basis TEXT NOT NULL CHECK (basis IN ('stated', 'context', 'document')),
    measure TEXT NOT NULL,
    document TEXT NOT NULL REFERENCES documents (document),
    published TEXT NOT NULL,
    sentence INTEGER NOT NULL,
    nature TEXT NOT NULL,
    surface TEXT NOT NULL,
    span_start INTEGER NOT NULL,
    span_end INTEGER NOT NULL,
    note TEXT,
    header TEXT,
    confidence REAL NOT NULL CHECK (confidence BETWEEN 0 AND 1),
    FOREIGN KEY (document, sentence) REFERENCES sentences (document, sentence)
);
