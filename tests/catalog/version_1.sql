-- A catalogue as schema version 1 made and filled it: where every upgrade begins. Never changed.
BEGIN TRANSACTION;
CREATE TABLE changes (
	seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	work INTEGER NOT NULL, 
	kind TEXT NOT NULL, 
	time TEXT NOT NULL, 
	FOREIGN KEY(work) REFERENCES works (number)
);
INSERT INTO "changes" VALUES(1,1,'created','2026-01-31T12:00:00Z');
CREATE TABLE collections (
	number INTEGER NOT NULL, 
	id TEXT COLLATE "NOCASE" NOT NULL, 
	label JSON NOT NULL, 
	updated TEXT NOT NULL, 
	PRIMARY KEY (number), 
	UNIQUE (id)
);
CREATE TABLE documents (
	work INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	maker TEXT NOT NULL, 
	digest TEXT NOT NULL, 
	body BLOB NOT NULL, 
	PRIMARY KEY (work, version), 
	FOREIGN KEY(work) REFERENCES works (number)
);
INSERT INTO "documents" VALUES(1,3,'maker','digest',X'7B7D');
CREATE TABLE findings (
	number INTEGER NOT NULL, 
	root TEXT NOT NULL, 
	folder TEXT NOT NULL, 
	file TEXT NOT NULL, 
	page TEXT, 
	code TEXT NOT NULL, 
	severity TEXT NOT NULL, 
	"values" JSON NOT NULL, 
	PRIMARY KEY (number)
);
INSERT INTO "findings" VALUES(1,'scans','kieu','a1.tif','a1','no-profile','note','{"assumed": "x"}');
CREATE TABLE members (
	number INTEGER NOT NULL, 
	collection INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	work INTEGER, 
	part INTEGER, 
	PRIMARY KEY (number), 
	CONSTRAINT work_or_part CHECK ((work IS NULL) <> (part IS NULL)), 
	UNIQUE (collection, work), 
	UNIQUE (collection, part), 
	FOREIGN KEY(collection) REFERENCES collections (number), 
	FOREIGN KEY(work) REFERENCES works (number), 
	FOREIGN KEY(part) REFERENCES collections (number)
);
CREATE TABLE meta (
	"key" TEXT NOT NULL, 
	value TEXT NOT NULL, 
	PRIMARY KEY ("key")
);
INSERT INTO "meta" VALUES('schema','1');
CREATE TABLE pages (
	number INTEGER NOT NULL, 
	work INTEGER NOT NULL, 
	id TEXT COLLATE "NOCASE" NOT NULL, 
	position INTEGER NOT NULL, 
	state TEXT NOT NULL, 
	label JSON NOT NULL, 
	file TEXT NOT NULL, 
	length INTEGER NOT NULL, 
	mtime INTEGER NOT NULL, 
	sha256 TEXT NOT NULL, 
	master JSON NOT NULL, 
	width INTEGER NOT NULL, 
	height INTEGER NOT NULL, 
	pyramid TEXT NOT NULL, 
	pyramid_digest TEXT NOT NULL, 
	pyramid_length INTEGER NOT NULL, 
	recipe INTEGER NOT NULL, 
	grey INTEGER NOT NULL, 
	text_file TEXT, 
	text_format TEXT, 
	text_stamp TEXT, 
	tiles BLOB NOT NULL, 
	PRIMARY KEY (number), 
	UNIQUE (work, id), 
	FOREIGN KEY(work) REFERENCES works (number)
);
INSERT INTO "pages" VALUES(1,1,'a1',1,'present','{"none": ["a1"]}','kieu/a1.tif',5678,1700000000000000000,'a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1','{"format": "tiff", "width": 2000, "height": 3000, "bits": 8, "samples": 3, "colour": "rgb", "profile": "sRGB", "ppi": 600.0, "orientation": 1, "compression": "lzw", "images": 1}',2000,3000,'pyramids/kieu/a1.tif','digest of a1',1234,1,0,'a1.txt','plain','stamp 2000x3000 1',X'74696C6573206F66206131');
INSERT INTO "pages" VALUES(2,1,'b2',2,'missing','{"none": ["b2"]}','kieu/b2.tif',91,1700000000000000001,'b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2','{"format": "tiff", "width": 2000, "height": 3000, "bits": 8, "samples": 3, "colour": "rgb", "profile": "sRGB", "ppi": 600.0, "orientation": 1, "compression": "lzw", "images": 1}',2000,3000,'pyramids/kieu/b2.tif','digest of b2',1234,1,0,NULL,'plain',NULL,X'74696C6573206F66206232');
CREATE TABLE staging (
	root TEXT NOT NULL, 
	folder TEXT NOT NULL, 
	file TEXT NOT NULL, 
	length INTEGER NOT NULL, 
	mtime INTEGER NOT NULL, 
	recipe INTEGER NOT NULL, 
	pyramid TEXT NOT NULL, 
	carved JSON NOT NULL, 
	tiles BLOB NOT NULL, 
	PRIMARY KEY (root, folder, file)
);
INSERT INTO "staging" VALUES('scans','kieu','c3.tif',5,6,1,'pyramids/kieu/c3.tif','{"sha256": "c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3", "master": {"format": "tiff", "width": 2000, "height": 3000, "bits": 8, "samples": 3, "colour": "rgb", "profile": "sRGB", "ppi": 600.0, "orientation": 1, "compression": "lzw", "images": 1}, "pyramid": {"file": "pyramids/kieu/c3.tif", "width": 2000, "height": 3000, "digest": "digest of c3", "length": 1234, "recipe": 1, "grey": false}, "findings": [{"code": "unused", "severity": "note", "values": {}}]}',X'74696C6573206F66206333');
CREATE TABLE to_index (
	work INTEGER NOT NULL, 
	generation INTEGER NOT NULL, 
	PRIMARY KEY (work), 
	FOREIGN KEY(work) REFERENCES works (number)
);
INSERT INTO "to_index" VALUES(1,1);
CREATE TABLE works (
	number INTEGER NOT NULL, 
	id TEXT COLLATE "NOCASE" NOT NULL, 
	root TEXT NOT NULL, 
	folder TEXT NOT NULL, 
	label JSON NOT NULL, 
	state TEXT NOT NULL, 
	updated TEXT NOT NULL, 
	pages INTEGER NOT NULL, 
	generation INTEGER NOT NULL, 
	text TEXT, 
	first_image TEXT, 
	first_width INTEGER, 
	first_height INTEGER, 
	PRIMARY KEY (number), 
	UNIQUE (root, folder), 
	UNIQUE (id)
);
INSERT INTO "works" VALUES(1,'kieu','scans','kieu','{"none": ["Truy\u1ec7n Ki\u1ec1u"]}','public','2026-01-31T12:00:00Z',2,1,'kieu.1.words','kieu~a1',2000,3000);
CREATE INDEX works_with_text ON works (text, id, generation);
CREATE INDEX works_by_state ON works (state, id);
CREATE INDEX findings_by_folder ON findings (root, folder);
CREATE INDEX staging_by_pyramid ON staging (pyramid);
CREATE INDEX pages_by_pyramid ON pages (state, pyramid);
CREATE INDEX pages_in_order ON pages (work, position);
CREATE INDEX changes_of_work ON changes (work, seq);
CREATE INDEX members_in_order ON members (collection, position, number);
CREATE INDEX members_of_part ON members (part);
CREATE INDEX members_of_work ON members (work);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('changes',1);
COMMIT;
