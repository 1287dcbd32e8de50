-- What an office system may hold: its own tables, its own words. Stands for yours; the users are invented.
CREATE SCHEMA office;

CREATE TABLE office.facility (id integer PRIMARY KEY, number text NOT NULL, kind text NOT NULL, city text);
CREATE TABLE office.client (
    id integer PRIMARY KEY, code text NOT NULL, name text, facility_id integer NOT NULL REFERENCES office.facility,
    city text NOT NULL, wished date
);
-- 受給者証: the decision, and the home use written into it.
CREATE TABLE office.certificate (
    client_id integer NOT NULL REFERENCES office.client, begins date NOT NULL, ends date, days integer,
    home_begins date, home_ends date
);
CREATE TABLE office.support_plan (client_id integer NOT NULL REFERENCES office.client, begins date, ends date, home boolean);
CREATE TABLE office.arrangement (facility_id integer NOT NULL REFERENCES office.facility, kind text, begins date);
CREATE TABLE office.attendance (
    client_id integer NOT NULL REFERENCES office.client, day date NOT NULL, style text NOT NULL,
    came time, went time, work text, guidance text
);
CREATE TABLE office.call_log (
    id serial PRIMARY KEY, client_id integer NOT NULL REFERENCES office.client, at timestamptz NOT NULL,
    way text NOT NULL, from_client boolean NOT NULL DEFAULT false, answered boolean
);
CREATE TABLE office.diary (id serial PRIMARY KEY, client_id integer NOT NULL REFERENCES office.client, day date NOT NULL);
CREATE TABLE office.review (
    id serial PRIMARY KEY, client_id integer NOT NULL REFERENCES office.client, day date NOT NULL,
    weekly boolean NOT NULL, monthly boolean NOT NULL, way text NOT NULL
);

INSERT INTO office.facility VALUES (1, '2212300012', '就労継続支援B型', '222143');
INSERT INTO office.client VALUES (1, 'N-001', '架空太郎', 1, '222143', '2025-06-01'), (2, 'N-002', '架空花子', 1, '222143', '2025-06-01');
INSERT INTO office.certificate SELECT id, '2025-08-01', '2026-07-31', 23, '2025-08-01', '2026-07-31' FROM office.client;
INSERT INTO office.support_plan SELECT id, '2025-08-01', NULL, true FROM office.client;
INSERT INTO office.arrangement
SELECT 1, kind, '2025-08-01' FROM unnest(ARRAY['運営規程', 'メニュー', '緊急時の対応', '随時の支援', '記録の提出']) AS kind;

-- 2 to 10 March 2026 on weekdays: at home, two calls, a report; an evaluation by phone on Fridays.
INSERT INTO office.attendance
SELECT c.id, d::date, '在宅', '10:00', '15:00', 'データ入力', '朝に手順を説明、午後に進捗を確認'
FROM office.client c, generate_series('2026-03-02'::date, '2026-03-10', '1 day') d WHERE extract(isodow FROM d) < 6;
INSERT INTO office.call_log (client_id, at, way)
SELECT client_id, (day + t) AT TIME ZONE 'Asia/Tokyo', '電話' FROM office.attendance, unnest(ARRAY[time '08:30', time '15:00']) t;
INSERT INTO office.diary (client_id, day) SELECT client_id, day FROM office.attendance;
INSERT INTO office.review (client_id, day, weekly, monthly, way) SELECT id, '2026-03-06', true, false, '電話' FROM office.client;
