-- The tables of the contract as views over the office's own. The job reads these and nothing else.
-- A list that the office does not keep gets no view: it is then unknown. A view without rows would say "none".
CREATE SCHEMA zaitaku;

CREATE VIEW zaitaku.providers AS
SELECT number AS provider_number, city AS municipality,
       CASE kind WHEN '就労移行支援' THEN 'transition' WHEN '就労継続支援A型' THEN 'continuation_a'
                 WHEN '就労継続支援B型' THEN 'continuation_b' WHEN '就労選択支援' THEN 'selection' ELSE kind END AS service
FROM office.facility;

-- No name: the job needs none.
CREATE VIEW zaitaku.users AS
SELECT c.code AS user_id, f.number AS provider_number, c.city AS municipality, c.wished AS wish_on
FROM office.client c JOIN office.facility f ON f.id = c.facility_id;

CREATE VIEW zaitaku.approvals AS
SELECT c.code AS user_id, 'decision' AS kind, r.begins AS "from", r.ends AS "to", r.days::text AS days_per_month
FROM office.certificate r JOIN office.client c ON c.id = r.client_id
UNION ALL
SELECT c.code, 'home_use', r.home_begins, r.home_ends, NULL
FROM office.certificate r JOIN office.client c ON c.id = r.client_id WHERE r.home_begins IS NOT NULL;

CREATE VIEW zaitaku.plans AS
SELECT c.code AS user_id, p.begins AS "from", p.ends AS "to", p.home AS states_home_use
FROM office.support_plan p JOIN office.client c ON c.id = p.client_id;

-- A word that is not translated stays as it is: its row is then left out of the judgement and counted, not lost.
CREATE VIEW zaitaku.readiness AS
SELECT f.number AS provider_number, a.begins AS "from",
       CASE a.kind WHEN '運営規程' THEN 'operating_rules' WHEN 'メニュー' THEN 'work_menu'
                   WHEN '緊急時の対応' THEN 'emergency_response' WHEN '随時の支援' THEN 'on_request_support'
                   WHEN '記録の提出' THEN 'record_submission' ELSE a.kind END AS kind
FROM office.arrangement a JOIN office.facility f ON f.id = a.facility_id;

CREATE VIEW zaitaku.days AS
SELECT c.code AS user_id, a.day AS date, a.came AS start, a.went AS "end", a.work AS activity, a.guidance AS support,
       CASE a.style WHEN '在宅' THEN 'home' WHEN '通所' THEN 'office' WHEN '施設外' THEN 'offsite' ELSE a.style END AS place
FROM office.attendance a JOIN office.client c ON c.id = a.client_id WHERE a.style <> '欠席';

CREATE VIEW zaitaku.absences AS
SELECT c.code AS user_id, a.day AS date FROM office.attendance a JOIN office.client c ON c.id = a.client_id
WHERE a.style = '欠席';

-- A timestamptz says which moment it is, and counts for its day in Japan.
CREATE VIEW zaitaku.contacts AS
SELECT c.code AS user_id, l.id::text AS id, l.at, CASE WHEN l.from_client THEN 'user' ELSE 'staff' END AS by, l.answered,
       CASE l.way WHEN '電話' THEN 'phone' WHEN 'ビデオ通話' THEN 'video' WHEN '訪問' THEN 'visit' WHEN '来所' THEN 'office'
                  WHEN 'チャット' THEN 'chat' WHEN 'メール' THEN 'mail' ELSE l.way END AS channel
FROM office.call_log l JOIN office.client c ON c.id = l.client_id;

CREATE VIEW zaitaku.daily_reports AS
SELECT c.code AS user_id, d.id::text AS id, d.day AS date FROM office.diary d JOIN office.client c ON c.id = d.client_id;

CREATE VIEW zaitaku.evaluations AS
SELECT c.code AS user_id, r.id::text AS id, r.day AS date,
       CASE WHEN r.weekly AND r.monthly THEN 'both' WHEN r.monthly THEN 'achievement' ELSE 'weekly' END AS covers,
       CASE r.way WHEN '通所' THEN 'commute' WHEN '訪問' THEN 'visit' WHEN '電話' THEN 'phone' WHEN 'ビデオ通話' THEN 'video'
                  WHEN 'チャット' THEN 'chat' WHEN 'メール' THEN 'mail' ELSE r.way END AS means
FROM office.review r JOIN office.client c ON c.id = r.client_id;

-- A role that may read the views only, and cannot see names.
CREATE ROLE zaitaku_nightly LOGIN;
GRANT USAGE ON SCHEMA zaitaku TO zaitaku_nightly;
GRANT SELECT ON ALL TABLES IN SCHEMA zaitaku TO zaitaku_nightly;
