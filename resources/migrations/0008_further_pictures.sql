-- Pictures that a row shows beside the one of picture_path: a JSON list of paths.
ALTER TABLE samples ADD COLUMN further_pictures TEXT NOT NULL DEFAULT '[]';
