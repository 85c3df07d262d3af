BEGIN TRANSACTION;
CREATE TABLE address (
	id INTEGER NOT NULL, 
	channel VARCHAR NOT NULL, 
	address VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	member_id INTEGER, 
	language VARCHAR, 
	reachable BOOLEAN NOT NULL, 
	unreachable_reason VARCHAR, 
	unreachable_at DATETIME, 
	menu VARCHAR, 
	PRIMARY KEY (id), 
	CONSTRAINT address_owner CHECK ((kind = 'private') = (member_id IS NOT NULL)), 
	CONSTRAINT address_kind CHECK (kind IN ('private', 'group')), 
	FOREIGN KEY(member_id) REFERENCES member (id), 
	CONSTRAINT address_once UNIQUE (channel, address)
);
INSERT INTO "address" VALUES(1,'telegram','201','private',1,NULL,1,NULL,NULL,NULL);
INSERT INTO "address" VALUES(2,'telegram','101','private',2,NULL,1,NULL,NULL,NULL);
INSERT INTO "address" VALUES(3,'telegram','202','private',3,NULL,1,NULL,NULL,NULL);
INSERT INTO "address" VALUES(90,'telegram','-1002000000001','group',NULL,NULL,1,NULL,NULL,NULL);
CREATE TABLE agency (
	id INTEGER NOT NULL, 
	"key" VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	aliases JSON NOT NULL, 
	confirmed BOOLEAN NOT NULL, 
	note VARCHAR, 
	loaded JSON NOT NULL, 
	ended_on DATE, monitor_id INTEGER REFERENCES member (id), is_discreet BOOLEAN DEFAULT 0 NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE ("key")
);
INSERT INTO "agency" VALUES(1,'ban-thuong-vu-tinh-uy','Ban Thường vụ Tỉnh ủy','["BTV T\u1ec9nh \u1ee7y", "BTVTU", "Th\u01b0\u1eddng v\u1ee5 T\u1ec9nh \u1ee7y"]',1,NULL,'{"lai-chau-20-nq-tw": {"name": "Ban Th\u01b0\u1eddng v\u1ee5 T\u1ec9nh \u1ee7y", "aliases": ["BTV T\u1ec9nh \u1ee7y", "BTVTU", "Th\u01b0\u1eddng v\u1ee5 T\u1ec9nh \u1ee7y"], "confirmed": true, "note": null}}',NULL,NULL,0);
INSERT INTO "agency" VALUES(2,'van-phong-tinh-uy','Văn phòng Tỉnh ủy','["VPTU", "VP T\u1ec9nh \u1ee7y"]',1,NULL,'{"lai-chau-20-nq-tw": {"name": "V\u0103n ph\u00f2ng T\u1ec9nh \u1ee7y", "aliases": ["VPTU", "VP T\u1ec9nh \u1ee7y"], "confirmed": true, "note": null}}',NULL,NULL,0);
INSERT INTO "agency" VALUES(3,'ban-to-chuc','Ban Tổ chức Tỉnh ủy','["BTCTU", "Ban T\u1ed5 ch\u1ee9c", "BTC T\u1ec9nh \u1ee7y"]',1,NULL,'{"lai-chau-20-nq-tw": {"name": "Ban T\u1ed5 ch\u1ee9c T\u1ec9nh \u1ee7y", "aliases": ["BTCTU", "Ban T\u1ed5 ch\u1ee9c", "BTC T\u1ec9nh \u1ee7y"], "confirmed": true, "note": null}}',NULL,NULL,0);
INSERT INTO "agency" VALUES(4,'ban-tuyen-giao','Ban Tuyên giáo Tỉnh ủy','["BTGTU", "Ban Tuy\u00ean gi\u00e1o", "BTG T\u1ec9nh \u1ee7y"]',1,NULL,'{"lai-chau-20-nq-tw": {"name": "Ban Tuy\u00ean gi\u00e1o T\u1ec9nh \u1ee7y", "aliases": ["BTGTU", "Ban Tuy\u00ean gi\u00e1o", "BTG T\u1ec9nh \u1ee7y"], "confirmed": true, "note": null}}',NULL,NULL,0);
INSERT INTO "agency" VALUES(5,'bcsd-ubnd-tinh','Ban cán sự đảng UBND tỉnh','["BCS\u0110 UBND t\u1ec9nh", "Ban c\u00e1n s\u1ef1 \u0111\u1ea3ng \u1ee6y ban nh\u00e2n d\u00e2n t\u1ec9nh"]',1,NULL,'{"lai-chau-20-nq-tw": {"name": "Ban c\u00e1n s\u1ef1 \u0111\u1ea3ng UBND t\u1ec9nh", "aliases": ["BCS\u0110 UBND t\u1ec9nh", "Ban c\u00e1n s\u1ef1 \u0111\u1ea3ng \u1ee6y ban nh\u00e2n d\u00e2n t\u1ec9nh"], "confirmed": true, "note": null}}',NULL,NULL,0);
INSERT INTO "agency" VALUES(6,'hu-muong-te','Huyện ủy Mường Tè','["HU M\u01b0\u1eddng T\u00e8"]',1,NULL,'{"lai-chau-20-nq-tw": {"name": "Huy\u1ec7n \u1ee7y M\u01b0\u1eddng T\u00e8", "aliases": ["HU M\u01b0\u1eddng T\u00e8"], "confirmed": true, "note": null}}',NULL,NULL,0);
CREATE TABLE agency_group (
	id INTEGER NOT NULL, 
	"key" VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE ("key")
);
INSERT INTO "agency_group" VALUES(1,'cac-ban','các ban');
CREATE TABLE agency_group_member (
	group_id INTEGER NOT NULL, 
	agency_id INTEGER NOT NULL, 
	PRIMARY KEY (group_id, agency_id), 
	FOREIGN KEY(agency_id) REFERENCES agency (id), 
	FOREIGN KEY(group_id) REFERENCES agency_group (id)
);
INSERT INTO "agency_group_member" VALUES(1,1);
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0005');
CREATE TABLE assignment (
	id INTEGER NOT NULL, 
	task_id INTEGER NOT NULL, 
	agency_id INTEGER NOT NULL, 
	role VARCHAR NOT NULL, 
	period VARCHAR NOT NULL, 
	status VARCHAR NOT NULL, 
	due DATE, 
	original_due DATE, 
	person VARCHAR, 
	plan_no INTEGER NOT NULL, 
	assigned_at DATETIME NOT NULL, 
	next_reminder_at DATETIME, 
	planned_until DATETIME, 
	acknowledged_at DATETIME, 
	acknowledged_by INTEGER, 
	submitted_at DATETIME, 
	completed_at DATETIME, 
	version INTEGER NOT NULL, ended_at DATETIME, complete_by DATE, grace_until DATE, holder_id INTEGER REFERENCES member (id), handed_by INTEGER REFERENCES member (id), handed_at DATETIME, received_at DATETIME, 
	PRIMARY KEY (id), 
	CONSTRAINT assignment_completed CHECK ((status = 'completed') = (completed_at IS NOT NULL)), 
	CONSTRAINT assignment_lead_completes CHECK (role = 'lead' OR status <> 'completed'), 
	CONSTRAINT assignment_role CHECK (role IN ('lead', 'coordinating')), 
	CONSTRAINT assignment_status CHECK (status IN ('not_started', 'in_progress', 'awaiting_confirmation', 'completed', 'suspended', 'withdrawn')), 
	CONSTRAINT assignment_submitted CHECK (status NOT IN ('awaiting_confirmation', 'completed') OR submitted_at IS NOT NULL), 
	CONSTRAINT assignment_acknowledged CHECK ((acknowledged_at IS NULL) = (acknowledged_by IS NULL)), 
	CONSTRAINT assignment_plan_no CHECK (plan_no >= 0), 
	FOREIGN KEY(acknowledged_by) REFERENCES member (id), 
	FOREIGN KEY(agency_id) REFERENCES agency (id), 
	FOREIGN KEY(task_id) REFERENCES task (id), 
	CONSTRAINT assignment_once UNIQUE (task_id, agency_id, role, period)
);
INSERT INTO "assignment" VALUES(1,1,1,'lead','','not_started',NULL,NULL,NULL,0,'2023-04-24 02:00:00.000000','2023-06-15 01:00:00.000000','2023-05-15 01:00:00.000000',NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "assignment" VALUES(2,2,6,'lead','','completed','2023-05-31','2023-05-31',NULL,4,'2023-04-24 02:00:00.000000',NULL,'2023-05-24 01:00:00.000000','2023-05-24 01:00:00.000000',1,'2023-05-24 01:00:00.000000','2023-05-24 01:00:00.000000',6,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "assignment" VALUES(3,2,4,'lead','','not_started','2023-05-31','2023-05-31',NULL,0,'2023-04-24 02:00:00.000000','2023-06-07 01:00:00.000000','2023-06-05 01:00:00.000000',NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "assignment" VALUES(4,2,3,'lead','','not_started','2023-05-31','2023-05-31',NULL,0,'2023-04-24 02:00:00.000000','2023-06-07 01:00:00.000000','2023-06-05 01:00:00.000000',NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "assignment" VALUES(5,3,5,'lead','','not_started',NULL,NULL,NULL,0,'2023-04-24 02:00:00.000000',NULL,'2023-05-15 01:00:00.000000',NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "assignment" VALUES(6,4,4,'lead','','not_started',NULL,NULL,NULL,0,'2023-04-24 02:00:00.000000',NULL,'2023-05-15 01:00:00.000000',NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
CREATE TABLE attachment (
	id INTEGER NOT NULL, 
	report_id INTEGER, 
	member_id INTEGER NOT NULL, 
	name VARCHAR NOT NULL, 
	mime VARCHAR, 
	size BIGINT, 
	file_id VARCHAR NOT NULL, 
	file_unique_id VARCHAR, 
	state VARCHAR NOT NULL, 
	sha256 VARCHAR, 
	attempts INTEGER NOT NULL, 
	not_before DATETIME, 
	error VARCHAR, 
	created_at DATETIME NOT NULL, document_id INTEGER REFERENCES document (id), 
	PRIMARY KEY (id), 
	CONSTRAINT attachment_stored CHECK ((state = 'stored') = (sha256 IS NOT NULL)), 
	CONSTRAINT attachment_state CHECK (state IN ('wanted', 'stored', 'failed')), 
	FOREIGN KEY(member_id) REFERENCES member (id), 
	FOREIGN KEY(report_id) REFERENCES report (id)
);
INSERT INTO "attachment" VALUES(1,1,1,'../kế hoạch “số 12”.docx',NULL,8589934592,'BQAC',NULL,'stored','abababababababababababababababababababababababababababababababab',0,NULL,NULL,'2023-05-24 01:02:03.456789',NULL);
CREATE TABLE cover (
	id INTEGER NOT NULL, 
	absent_id INTEGER NOT NULL, 
	cover_id INTEGER NOT NULL, 
	agency_id INTEGER NOT NULL, 
	starts_on DATE NOT NULL, 
	ends_on DATE NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT cover_other CHECK (absent_id <> cover_id), 
	CONSTRAINT cover_span CHECK (ends_on >= starts_on), 
	FOREIGN KEY(absent_id) REFERENCES member (id), 
	FOREIGN KEY(agency_id) REFERENCES agency (id), 
	FOREIGN KEY(cover_id) REFERENCES member (id)
);
INSERT INTO "cover" VALUES(1,1,3,1,'2023-06-01','2023-06-09');
CREATE TABLE deadline_change (
	id INTEGER NOT NULL, 
	assignment_id INTEGER NOT NULL, 
	old_due DATE, 
	new_due DATE, 
	reason VARCHAR NOT NULL, 
	changed_by INTEGER, 
	changed_at DATETIME NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(assignment_id) REFERENCES assignment (id), 
	FOREIGN KEY(changed_by) REFERENCES member (id)
);
INSERT INTO "deadline_change" VALUES(1,1,NULL,'2023-06-30','gia hạn',NULL,'2023-05-24 01:02:03.456789');
CREATE TABLE dialogue_state (
	id INTEGER NOT NULL, 
	chat_id VARCHAR NOT NULL, 
	member_id INTEGER NOT NULL, 
	name VARCHAR NOT NULL, 
	token VARCHAR NOT NULL, 
	data JSON NOT NULL, 
	updated_at DATETIME NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(member_id) REFERENCES member (id), 
	CONSTRAINT dialogue_once UNIQUE (chat_id, member_id)
);
INSERT INTO "dialogue_state" VALUES(1,'201',1,'report','a1b2','{"text": ["\u0110ang vi\u1ebft d\u1edf"], "assignment": 1}','2023-05-24 01:02:03.456789');
CREATE TABLE document (
	id INTEGER NOT NULL, 
	"key" VARCHAR NOT NULL, 
	title VARCHAR NOT NULL, 
	issuer VARCHAR, 
	number VARCHAR, 
	issued_on DATE, 
	received JSON, 
	signed_by VARCHAR, 
	secrecy VARCHAR, 
	file VARCHAR, 
	loaded JSON NOT NULL, 
	past VARCHAR NOT NULL, 
	created_at DATETIME NOT NULL, paused_at DATETIME, monitor_id INTEGER REFERENCES member (id), file_sha256 VARCHAR, 
	PRIMARY KEY (id), 
	CONSTRAINT document_past CHECK (past IN ('none', 'held', 'now', 'all', 'silent')), 
	CONSTRAINT document_not_secret CHECK (secrecy IS NULL), 
	UNIQUE ("key")
);
INSERT INTO "document" VALUES(1,'lai-chau-20-nq-tw','Chương trình hành động của Tỉnh ủy thực hiện Nghị quyết số 20-NQ/TW','Tỉnh ủy Lai Châu',NULL,NULL,'{"office": "V\u0103n ph\u00f2ng Huy\u1ec7n \u1ee7y M\u01b0\u1eddng T\u00e8", "number": "2966", "on": "2023-04-24"}','Phó Bí thư Lê Văn Lương',NULL,NULL,'{"title": "Ch\u01b0\u01a1ng tr\u00ecnh h\u00e0nh \u0111\u1ed9ng c\u1ee7a T\u1ec9nh \u1ee7y th\u1ef1c hi\u1ec7n Ngh\u1ecb quy\u1ebft s\u1ed1 20-NQ/TW", "issuer": "T\u1ec9nh \u1ee7y Lai Ch\u00e2u", "number": null, "issued_on": null, "received": {"office": "V\u0103n ph\u00f2ng Huy\u1ec7n \u1ee7y M\u01b0\u1eddng T\u00e8", "number": "2966", "on": "2023-04-24"}, "signed_by": "Ph\u00f3 B\u00ed th\u01b0 L\u00ea V\u0103n L\u01b0\u01a1ng", "file": null, "groups": {}}','none','2023-04-24 02:00:00.000000',NULL,NULL,NULL);
CREATE TABLE event (
	id INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	actor_id INTEGER, 
	actor VARCHAR NOT NULL, 
	action VARCHAR NOT NULL, 
	document_id INTEGER, 
	assignment_id INTEGER, 
	agency_id INTEGER, 
	"before" JSON, 
	"after" JSON, 
	update_id INTEGER, 
	PRIMARY KEY (id), 
	FOREIGN KEY(actor_id) REFERENCES member (id), 
	FOREIGN KEY(agency_id) REFERENCES agency (id), 
	FOREIGN KEY(assignment_id) REFERENCES assignment (id), 
	FOREIGN KEY(document_id) REFERENCES document (id)
);
INSERT INTO "event" VALUES(1,'2023-04-24 02:00:00.000000',NULL,'system','assigned',1,1,1,NULL,'{"role": "lead", "due": null}',NULL);
INSERT INTO "event" VALUES(2,'2023-04-24 02:00:00.000000',NULL,'system','assigned',1,2,6,NULL,'{"role": "lead", "due": "2023-05-31"}',NULL);
INSERT INTO "event" VALUES(3,'2023-04-24 02:00:00.000000',NULL,'system','assigned',1,3,4,NULL,'{"role": "lead", "due": "2023-05-31"}',NULL);
INSERT INTO "event" VALUES(4,'2023-04-24 02:00:00.000000',NULL,'system','assigned',1,4,3,NULL,'{"role": "lead", "due": "2023-05-31"}',NULL);
INSERT INTO "event" VALUES(5,'2023-04-24 02:00:00.000000',NULL,'system','assigned',1,5,5,NULL,'{"role": "lead", "due": null}',NULL);
INSERT INTO "event" VALUES(6,'2023-04-24 02:00:00.000000',NULL,'system','assigned',1,6,4,NULL,'{"role": "lead", "due": null}',NULL);
INSERT INTO "event" VALUES(7,'2023-04-24 02:00:00.000000',NULL,'system','loaded',1,NULL,NULL,NULL,'{"created": 4, "updated": 0, "unchanged": 0, "withdrawn": 0, "assignments": 6, "forced": false}',NULL);
INSERT INTO "event" VALUES(8,'2023-04-24 02:00:00.000000',NULL,'system','invited',NULL,NULL,6,NULL,'{"role": "officer"}',NULL);
INSERT INTO "event" VALUES(9,'2023-04-24 02:00:00.000000',1,'member:1','joined',NULL,NULL,6,NULL,'{"role": "officer"}',NULL);
INSERT INTO "event" VALUES(10,'2023-04-24 02:00:00.000000',NULL,'system','invited',NULL,NULL,NULL,NULL,'{"role": "secretariat"}',NULL);
INSERT INTO "event" VALUES(11,'2023-04-24 02:00:00.000000',2,'member:2','joined',NULL,NULL,NULL,NULL,'{"role": "secretariat"}',NULL);
INSERT INTO "event" VALUES(12,'2023-04-24 02:00:00.000000',NULL,'system','invited',NULL,NULL,4,NULL,'{"role": "officer"}',NULL);
INSERT INTO "event" VALUES(13,'2023-04-24 02:00:00.000000',3,'member:3','joined',NULL,NULL,4,NULL,'{"role": "officer"}',NULL);
INSERT INTO "event" VALUES(14,'2023-05-24 01:00:00.000000',1,'member:1','acknowledged',NULL,2,6,NULL,NULL,NULL);
INSERT INTO "event" VALUES(15,'2023-05-24 01:00:00.000000',1,'member:1','reported_progress',NULL,2,6,'{"complete_by": null, "grace_until": null, "status": "not_started", "submitted_at": null, "completed_at": null}','{"complete_by": null, "grace_until": null, "status": "in_progress", "submitted_at": null, "completed_at": null, "report": 1, "entered": false}',NULL);
INSERT INTO "event" VALUES(16,'2023-05-24 01:00:00.000000',1,'member:1','reported_completion',NULL,2,6,'{"complete_by": null, "grace_until": null, "status": "in_progress", "submitted_at": null, "completed_at": null}','{"complete_by": null, "grace_until": null, "status": "awaiting_confirmation", "submitted_at": "2023-05-24T01:00:00+00:00", "completed_at": null, "report": 2, "entered": false}',NULL);
INSERT INTO "event" VALUES(17,'2023-05-24 01:00:00.000000',2,'member:2','returned',NULL,2,6,'{"complete_by": null, "grace_until": null, "status": "awaiting_confirmation", "submitted_at": "2023-05-24T01:00:00+00:00", "completed_at": null}','{"complete_by": null, "grace_until": null, "status": "in_progress", "submitted_at": null, "completed_at": null, "report": 2, "reason": "Thi\u1ebfu ph\u1ee5 l\u1ee5c"}',NULL);
INSERT INTO "event" VALUES(18,'2023-05-24 01:00:00.000000',1,'member:1','reported_completion',NULL,2,6,'{"complete_by": null, "grace_until": null, "status": "in_progress", "submitted_at": null, "completed_at": null}','{"complete_by": null, "grace_until": null, "status": "awaiting_confirmation", "submitted_at": "2023-05-24T01:00:00+00:00", "completed_at": null, "report": 3, "entered": false}',NULL);
INSERT INTO "event" VALUES(19,'2023-05-24 01:00:00.000000',2,'member:2','accepted',NULL,2,6,'{"complete_by": null, "grace_until": null, "status": "awaiting_confirmation", "submitted_at": "2023-05-24T01:00:00+00:00", "completed_at": null}','{"complete_by": null, "grace_until": null, "status": "completed", "submitted_at": "2023-05-24T01:00:00+00:00", "completed_at": "2023-05-24T01:00:00+00:00", "report": 3, "reason": null}',NULL);
INSERT INTO "event" VALUES(20,'2023-05-24 01:00:00.000000',3,'member:3','extension_requested',NULL,3,4,'{"due": "2023-05-31"}','{"due": "2023-06-15", "extension": 1, "reason": "Ch\u1edd h\u01b0\u1edbng d\u1eabn c\u1ee7a c\u1ea5p tr\u00ean"}',NULL);
INSERT INTO "event" VALUES(21,'2023-05-24 01:00:00.000000',NULL,'system','invited',NULL,NULL,NULL,NULL,'{"role": "viewer"}',NULL);
CREATE TABLE extension (
	id INTEGER NOT NULL, 
	assignment_id INTEGER NOT NULL, 
	requested_by INTEGER NOT NULL, 
	requested_at DATETIME NOT NULL, 
	wanted_text VARCHAR NOT NULL, 
	wanted_due DATE NOT NULL, 
	reason VARCHAR NOT NULL, 
	state VARCHAR NOT NULL, 
	decided_by INTEGER, 
	decided_at DATETIME, 
	decided_due DATE, 
	on_whose_word VARCHAR, 
	note VARCHAR, document_number VARCHAR, document_date DATE, 
	PRIMARY KEY (id), 
	CONSTRAINT extension_decided CHECK ((state = 'pending') = (decided_at IS NULL)), 
	CONSTRAINT extension_state CHECK (state IN ('pending', 'agreed', 'refused')), 
	FOREIGN KEY(assignment_id) REFERENCES assignment (id), 
	FOREIGN KEY(decided_by) REFERENCES member (id), 
	FOREIGN KEY(requested_by) REFERENCES member (id)
);
INSERT INTO "extension" VALUES(1,3,3,'2023-05-24 01:00:00.000000','15/6/2023','2023-06-15','Chờ hướng dẫn của cấp trên','pending',NULL,NULL,NULL,NULL,NULL,NULL,NULL);
CREATE TABLE group_binding (
	id INTEGER NOT NULL, 
	address_id INTEGER NOT NULL, 
	agency_id INTEGER NOT NULL, 
	bound_by INTEGER NOT NULL, 
	bound_at DATETIME NOT NULL, 
	reminders BOOLEAN NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(address_id) REFERENCES address (id), 
	FOREIGN KEY(agency_id) REFERENCES agency (id), 
	FOREIGN KEY(bound_by) REFERENCES member (id), 
	CONSTRAINT group_binding_once UNIQUE (address_id)
);
INSERT INTO "group_binding" VALUES(1,90,1,1,'2023-05-24 01:02:03.456789',1);
CREATE TABLE holiday (
	day DATE NOT NULL, 
	kind VARCHAR NOT NULL, 
	name VARCHAR, 
	PRIMARY KEY (day), 
	CONSTRAINT holiday_kind CHECK (kind IN ('off', 'work'))
);
INSERT INTO "holiday" VALUES('2026-01-02','off','Nghỉ bù');
CREATE TABLE inbox_update (
	id INTEGER NOT NULL, 
	bot_id BIGINT NOT NULL, 
	update_id BIGINT NOT NULL, 
	raw VARCHAR NOT NULL, 
	state VARCHAR NOT NULL, 
	attempts INTEGER NOT NULL, 
	received_at DATETIME NOT NULL, 
	applied_at DATETIME, 
	done_at DATETIME, 
	answers JSON, 
	error VARCHAR, chat BIGINT, 
	PRIMARY KEY (id), 
	CONSTRAINT inbox_update_parked CHECK ((state = 'parked') = (error IS NOT NULL)), 
	CONSTRAINT inbox_update_applied CHECK ((state IN ('applied', 'done')) = (applied_at IS NOT NULL)), 
	CONSTRAINT inbox_update_state CHECK (state IN ('received', 'applied', 'done', 'parked')), 
	CONSTRAINT inbox_update_once UNIQUE (bot_id, update_id)
);
INSERT INTO "inbox_update" VALUES(1,7000000000,8589934592,'{"update_id": 8589934592, "message": {"text": "\"xong\"\n…"}}','done',0,'2023-05-24 01:02:03.456789','2023-05-24 01:02:03.456789','2023-05-24 01:02:03.456789','[{"toast": "\u0110\u00e3 ghi nh\u1eadn", "alert": false}]',NULL,NULL);
CREATE TABLE indicator (
	id INTEGER NOT NULL, 
	report_id INTEGER NOT NULL, 
	name VARCHAR NOT NULL, 
	value VARCHAR NOT NULL, 
	as_of DATE NOT NULL, target_id INTEGER REFERENCES target (id), 
	PRIMARY KEY (id), 
	FOREIGN KEY(report_id) REFERENCES report (id)
);
INSERT INTO "indicator" VALUES(1,1,'Chi bộ','12,5 %','2023-05-24',NULL);
CREATE TABLE installation (
	id INTEGER NOT NULL, 
	mode VARCHAR, 
	bot_id BIGINT, 
	bot_username VARCHAR, 
	created_at DATETIME NOT NULL, 
	ticked_at DATETIME, webhook_key VARCHAR, rival_at DATETIME, lost JSON, 
	PRIMARY KEY (id), 
	CONSTRAINT installation_mode CHECK (mode IN ('bot', 'sandbox')), 
	CONSTRAINT installation_one CHECK (id = 1)
);
INSERT INTO "installation" VALUES(1,'bot',7000000000,'don_doc_bot','2023-05-24 01:02:03.456789',NULL,NULL,NULL,NULL);
CREATE TABLE invite (
	id INTEGER NOT NULL, 
	token_hash VARCHAR NOT NULL, 
	role VARCHAR NOT NULL, 
	agency_id INTEGER, 
	created_by INTEGER, 
	created_at DATETIME NOT NULL, 
	expires_at DATETIME NOT NULL, 
	used_at DATETIME, 
	used_by INTEGER, 
	PRIMARY KEY (id), 
	CONSTRAINT invite_agency CHECK ((role IN ('officer', 'head')) = (agency_id IS NOT NULL)), 
	CONSTRAINT invite_role CHECK (role IN ('officer', 'head', 'secretariat', 'viewer')), 
	CONSTRAINT invite_used CHECK ((used_at IS NULL) = (used_by IS NULL)), 
	FOREIGN KEY(agency_id) REFERENCES agency (id), 
	FOREIGN KEY(created_by) REFERENCES member (id), 
	FOREIGN KEY(used_by) REFERENCES member (id), 
	UNIQUE (token_hash)
);
INSERT INTO "invite" VALUES(1,'b8683c89e6deade33a6d8623131f984d8377512e8e56c3c16c63e7bbb706de31','officer',6,NULL,'2023-04-24 02:00:00.000000','2023-05-01 02:00:00.000000','2023-04-24 02:00:00.000000',1);
INSERT INTO "invite" VALUES(2,'bf9fc4832faf5a9f7137a6939926cd0019e3ce8cc077a96d0e5ab947250e8b50','secretariat',NULL,NULL,'2023-04-24 02:00:00.000000','2023-05-01 02:00:00.000000','2023-04-24 02:00:00.000000',2);
INSERT INTO "invite" VALUES(3,'bc39d89dd12916c98568077ed1abcfac2b078bc56965e41d908dec34f0f5b3f1','officer',4,NULL,'2023-04-24 02:00:00.000000','2023-05-01 02:00:00.000000','2023-04-24 02:00:00.000000',3);
INSERT INTO "invite" VALUES(4,'e86cc3b3118aed39912dc34fa8fc3475c1b804bbf76fbdbf5c58a26054509858','viewer',NULL,NULL,'2023-05-24 01:00:00.000000','2023-05-31 01:00:00.000000',NULL,NULL);
CREATE TABLE lease (
	name VARCHAR NOT NULL, 
	owner VARCHAR NOT NULL, 
	epoch INTEGER NOT NULL, 
	expires_at DATETIME NOT NULL, 
	PRIMARY KEY (name)
);
INSERT INTO "lease" VALUES('sender','may-chu:1',4,'2023-05-24 01:02:03.456789');
CREATE TABLE member (
	id INTEGER NOT NULL, 
	name VARCHAR NOT NULL, 
	language VARCHAR, 
	created_at DATETIME NOT NULL, 
	erased_at DATETIME, quiet_from INTEGER, quiet_until INTEGER, 
	PRIMARY KEY (id)
);
INSERT INTO "member" VALUES(1,'Binh',NULL,'2023-04-24 02:00:00.000000',NULL,NULL,NULL);
INSERT INTO "member" VALUES(2,'An',NULL,'2023-04-24 02:00:00.000000',NULL,NULL,NULL);
INSERT INTO "member" VALUES(3,'Dung',NULL,'2023-04-24 02:00:00.000000',NULL,NULL,NULL);
CREATE TABLE membership (
	id INTEGER NOT NULL, 
	member_id INTEGER NOT NULL, 
	agency_id INTEGER, 
	role VARCHAR NOT NULL, 
	from_at DATETIME NOT NULL, 
	until_at DATETIME, is_contact BOOLEAN DEFAULT 0 NOT NULL, decides BOOLEAN DEFAULT 0 NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT membership_agency CHECK ((role IN ('officer', 'head')) = (agency_id IS NOT NULL)), 
	CONSTRAINT membership_role CHECK (role IN ('officer', 'head', 'secretariat', 'viewer')), 
	CONSTRAINT membership_span CHECK (until_at IS NULL OR until_at >= from_at), 
	FOREIGN KEY(agency_id) REFERENCES agency (id), 
	FOREIGN KEY(member_id) REFERENCES member (id)
);
INSERT INTO "membership" VALUES(1,1,6,'officer','2023-04-24 02:00:00.000000',NULL,0,0);
INSERT INTO "membership" VALUES(2,2,NULL,'secretariat','2023-04-24 02:00:00.000000',NULL,0,0);
INSERT INTO "membership" VALUES(3,3,4,'officer','2023-04-24 02:00:00.000000',NULL,0,0);
CREATE TABLE notice (
	id INTEGER NOT NULL, 
	dedupe_key VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	audience VARCHAR NOT NULL, 
	agency_id INTEGER, 
	member_id INTEGER, 
	assignment_id INTEGER, 
	report_id INTEGER, 
	plan_no INTEGER, 
	step VARCHAR, 
	number INTEGER, 
	due_at DATETIME NOT NULL, 
	data JSON NOT NULL, 
	state VARCHAR NOT NULL, 
	reason VARCHAR, told_at DATETIME, 
	PRIMARY KEY (id), 
	CONSTRAINT notice_audience CHECK (audience IN ('agency', 'secretariat', 'viewer', 'member')), 
	CONSTRAINT notice_state CHECK (state IN ('open', 'expired')), 
	FOREIGN KEY(agency_id) REFERENCES agency (id), 
	FOREIGN KEY(assignment_id) REFERENCES assignment (id), 
	FOREIGN KEY(member_id) REFERENCES member (id), 
	FOREIGN KEY(report_id) REFERENCES report (id), 
	UNIQUE (dedupe_key)
);
INSERT INTO "notice" VALUES(1,'open_deadlines:1:1','open_deadlines','secretariat',NULL,NULL,NULL,NULL,NULL,NULL,NULL,'2023-04-24 02:00:00.000000','{"document_id": 1}','open',NULL,NULL);
INSERT INTO "notice" VALUES(2,'assignment:1:0','assignment','agency',2,NULL,1,NULL,0,NULL,NULL,'2023-04-24 02:00:00.000000','{}','open',NULL,NULL);
INSERT INTO "notice" VALUES(3,'assignment:2:0','assignment','agency',6,NULL,2,NULL,0,NULL,NULL,'2023-04-24 02:00:00.000000','{}','open',NULL,NULL);
INSERT INTO "notice" VALUES(4,'assignment:3:0','assignment','agency',4,NULL,3,NULL,0,NULL,NULL,'2023-04-24 02:00:00.000000','{}','open',NULL,NULL);
INSERT INTO "notice" VALUES(5,'assignment:4:0','assignment','agency',3,NULL,4,NULL,0,NULL,NULL,'2023-04-24 02:00:00.000000','{}','open',NULL,NULL);
INSERT INTO "notice" VALUES(6,'assignment:5:0','assignment','agency',5,NULL,5,NULL,0,NULL,NULL,'2023-04-24 02:00:00.000000','{}','open',NULL,NULL);
INSERT INTO "notice" VALUES(7,'assignment:6:0','assignment','agency',4,NULL,6,NULL,0,NULL,NULL,'2023-04-24 02:00:00.000000','{}','open',NULL,NULL);
INSERT INTO "notice" VALUES(8,'acknowledge:1::0:acknowledge','acknowledge','agency',2,NULL,1,NULL,0,'acknowledge',NULL,'2023-05-15 01:00:00.000000','{}','open',NULL,NULL);
INSERT INTO "notice" VALUES(9,'acknowledge:4::0:acknowledge','acknowledge','agency',3,NULL,4,NULL,0,'acknowledge',NULL,'2023-05-15 01:00:00.000000','{}','open',NULL,NULL);
INSERT INTO "notice" VALUES(10,'acknowledge:3::0:acknowledge','acknowledge','agency',4,NULL,3,NULL,0,'acknowledge',NULL,'2023-05-15 01:00:00.000000','{}','open',NULL,NULL);
INSERT INTO "notice" VALUES(11,'acknowledge:2::0:acknowledge','acknowledge','agency',6,NULL,2,NULL,0,'acknowledge',NULL,'2023-05-15 01:00:00.000000','{}','open',NULL,NULL);
INSERT INTO "notice" VALUES(12,'acknowledge:6::0:acknowledge','acknowledge','agency',4,NULL,6,NULL,0,'acknowledge',NULL,'2023-05-15 01:00:00.000000','{}','open',NULL,NULL);
INSERT INTO "notice" VALUES(13,'acknowledge:5::0:acknowledge','acknowledge','agency',5,NULL,5,NULL,0,'acknowledge',NULL,'2023-05-15 01:00:00.000000','{}','open',NULL,NULL);
INSERT INTO "notice" VALUES(14,'unacknowledged:2023-05-15','unacknowledged','secretariat',NULL,NULL,NULL,NULL,NULL,NULL,NULL,'2023-05-15 01:00:00.000000','{}','open',NULL,NULL);
INSERT INTO "notice" VALUES(15,'unreachable:2023-W20','unreachable','secretariat',NULL,NULL,NULL,NULL,NULL,NULL,NULL,'2023-05-15 01:00:00.000000','{}','open',NULL,NULL);
INSERT INTO "notice" VALUES(16,'reminder:4::0:before-5','reminder','agency',3,NULL,4,NULL,0,'before-5',NULL,'2023-05-24 01:00:00.000000','{}','open',NULL,NULL);
INSERT INTO "notice" VALUES(17,'reminder:3::0:before-5','reminder','agency',4,NULL,3,NULL,0,'before-5',1,'2023-05-24 01:00:00.000000','{}','open',NULL,NULL);
INSERT INTO "notice" VALUES(18,'reminder:2::0:before-5','reminder','agency',6,NULL,2,NULL,0,'before-5',1,'2023-05-24 01:00:00.000000','{}','open',NULL,NULL);
INSERT INTO "notice" VALUES(19,'unreachable:2023-W21','unreachable','secretariat',NULL,NULL,NULL,NULL,NULL,NULL,NULL,'2023-05-24 01:00:00.000000','{}','open',NULL,NULL);
INSERT INTO "notice" VALUES(20,'weekly:20230519T0800','weekly','secretariat',NULL,NULL,NULL,NULL,NULL,NULL,NULL,'2023-05-24 01:00:00.000000','{"at": "2023-05-19T08:00:00+00:00"}','open',NULL,NULL);
INSERT INTO "notice" VALUES(21,'receipt:1','receipt','member',6,1,2,1,NULL,NULL,NULL,'2023-05-24 01:00:00.000000','{}','open',NULL,NULL);
INSERT INTO "notice" VALUES(22,'submitted:1','submitted','secretariat',NULL,NULL,2,1,NULL,NULL,NULL,'2023-05-24 01:00:00.000000','{}','open',NULL,NULL);
INSERT INTO "notice" VALUES(23,'receipt:2','receipt','member',6,1,2,2,NULL,NULL,NULL,'2023-05-24 01:00:00.000000','{}','open',NULL,NULL);
INSERT INTO "notice" VALUES(24,'submitted:2','submitted','secretariat',NULL,NULL,2,2,NULL,NULL,NULL,'2023-05-24 01:00:00.000000','{}','expired','không còn cần gửi: nhiệm vụ đã được xác nhận hoàn thành',NULL);
INSERT INTO "notice" VALUES(25,'returned:2:4','returned','agency',6,NULL,2,2,NULL,NULL,NULL,'2023-05-24 01:00:00.000000','{}','open',NULL,NULL);
INSERT INTO "notice" VALUES(26,'receipt:3','receipt','member',6,1,2,3,NULL,NULL,NULL,'2023-05-24 01:00:00.000000','{}','open',NULL,NULL);
INSERT INTO "notice" VALUES(27,'submitted:3','submitted','secretariat',NULL,NULL,2,3,NULL,NULL,NULL,'2023-05-24 01:00:00.000000','{}','expired','không còn cần gửi: nhiệm vụ đã được xác nhận hoàn thành',NULL);
INSERT INTO "notice" VALUES(28,'accepted:3:6','accepted','agency',6,NULL,2,3,NULL,NULL,NULL,'2023-05-24 01:00:00.000000','{}','open',NULL,NULL);
INSERT INTO "notice" VALUES(29,'extension_requested:1','extension_requested','secretariat',NULL,NULL,3,NULL,NULL,NULL,NULL,'2023-05-24 01:00:00.000000','{"extension_id": 1, "due": "2023-05-31"}','open',NULL,NULL);
INSERT INTO "notice" VALUES(30,'reminder:4::0:after-2','reminder','agency',3,NULL,4,NULL,0,'after-2',NULL,'2023-06-05 01:00:00.000000','{}','open',NULL,NULL);
INSERT INTO "notice" VALUES(31,'reminder:3::0:after-2','reminder','agency',4,NULL,3,NULL,0,'after-2',NULL,'2023-06-05 01:00:00.000000','{}','open',NULL,NULL);
INSERT INTO "notice" VALUES(32,'unreachable:2023-W23','unreachable','secretariat',NULL,NULL,NULL,NULL,NULL,NULL,NULL,'2023-06-05 01:00:00.000000','{}','open',NULL,NULL);
INSERT INTO "notice" VALUES(33,'weekly:20230602T0800','weekly','secretariat',NULL,NULL,NULL,NULL,NULL,NULL,NULL,'2023-06-05 01:00:00.000000','{"at": "2023-06-02T08:00:00+00:00"}','open',NULL,NULL);
CREATE TABLE office_settings (
	id INTEGER NOT NULL, 
	paused_at DATETIME, 
	paused_by INTEGER, 
	weekly_on INTEGER NOT NULL, 
	weekly_at VARCHAR NOT NULL, 
	next_weekly_at DATETIME, 
	plan_key VARCHAR, 
	replanned_to INTEGER, 
	seen_at DATETIME, heads_decide BOOLEAN DEFAULT 0 NOT NULL, pruned_at DATETIME, pruned_to INTEGER, 
	PRIMARY KEY (id), 
	CONSTRAINT office_settings_one CHECK (id = 1), 
	CONSTRAINT office_settings_weekly_on CHECK (weekly_on BETWEEN 0 AND 6), 
	FOREIGN KEY(paused_by) REFERENCES member (id)
);
INSERT INTO "office_settings" VALUES(1,NULL,NULL,4,'15:00','2023-06-09 08:00:00.000000','4ec1c4426ed75ba3',NULL,'2023-06-05 01:00:00.000000',0,'2023-06-05 01:00:00.000000',NULL);
CREATE TABLE outbox_cover (
	message_id INTEGER NOT NULL, 
	notice_id INTEGER NOT NULL, 
	address_id INTEGER, 
	PRIMARY KEY (message_id, notice_id), 
	FOREIGN KEY(address_id) REFERENCES address (id), 
	FOREIGN KEY(message_id) REFERENCES outbox_message (id), 
	FOREIGN KEY(notice_id) REFERENCES notice (id), 
	CONSTRAINT outbox_cover_once UNIQUE (notice_id, address_id)
);
INSERT INTO "outbox_cover" VALUES(6,1,2);
INSERT INTO "outbox_cover" VALUES(9,14,2);
INSERT INTO "outbox_cover" VALUES(10,10,3);
INSERT INTO "outbox_cover" VALUES(10,12,3);
INSERT INTO "outbox_cover" VALUES(11,11,1);
INSERT INTO "outbox_cover" VALUES(12,8,NULL);
INSERT INTO "outbox_cover" VALUES(14,13,NULL);
INSERT INTO "outbox_cover" VALUES(15,15,2);
INSERT INTO "outbox_cover" VALUES(16,17,3);
INSERT INTO "outbox_cover" VALUES(17,18,1);
INSERT INTO "outbox_cover" VALUES(19,19,2);
INSERT INTO "outbox_cover" VALUES(20,20,2);
INSERT INTO "outbox_cover" VALUES(21,21,1);
INSERT INTO "outbox_cover" VALUES(22,22,2);
INSERT INTO "outbox_cover" VALUES(23,23,1);
INSERT INTO "outbox_cover" VALUES(24,24,2);
INSERT INTO "outbox_cover" VALUES(25,25,1);
INSERT INTO "outbox_cover" VALUES(26,26,1);
INSERT INTO "outbox_cover" VALUES(27,27,2);
INSERT INTO "outbox_cover" VALUES(28,28,1);
INSERT INTO "outbox_cover" VALUES(29,29,2);
INSERT INTO "outbox_cover" VALUES(30,31,3);
INSERT INTO "outbox_cover" VALUES(31,30,NULL);
INSERT INTO "outbox_cover" VALUES(32,32,2);
INSERT INTO "outbox_cover" VALUES(33,33,2);
CREATE TABLE outbox_message (
	id INTEGER NOT NULL, 
	dedupe_key VARCHAR NOT NULL, 
	channel VARCHAR NOT NULL, 
	address_id INTEGER, 
	agency_id INTEGER, 
	kind VARCHAR NOT NULL, 
	text VARCHAR NOT NULL, 
	keyboard JSON, 
	status VARCHAR NOT NULL, 
	attempts INTEGER NOT NULL, 
	not_before DATETIME, 
	epoch INTEGER, 
	created_at DATETIME NOT NULL, 
	sent_at DATETIME, 
	message_id BIGINT, 
	error VARCHAR, held_until DATETIME, batch VARCHAR, put_off_at DATETIME, language VARCHAR, 
	PRIMARY KEY (id), 
	CONSTRAINT outbox_message_sent CHECK ((status = 'sent') = (sent_at IS NOT NULL)), 
	CONSTRAINT outbox_message_status CHECK (status IN ('pending', 'sending', 'sent', 'failed', 'expired')), 
	CONSTRAINT outbox_message_address CHECK (status NOT IN ('sending', 'sent') OR address_id IS NOT NULL), 
	FOREIGN KEY(address_id) REFERENCES address (id), 
	FOREIGN KEY(agency_id) REFERENCES agency (id), 
	UNIQUE (dedupe_key)
);
INSERT INTO "outbox_message" VALUES(1,'assignment:1:0@-','telegram',NULL,2,'assignment','📌 <b>Giao nhiệm vụ</b>
<b>Mục IV, điểm 1</b>: Lãnh đạo, chỉ đạo, thường xuyên kiểm tra, giám sát việc triển khai thực hiện
Cơ quan chủ trì: Ban Thường vụ Tỉnh ủy
Văn bản: Chương trình hành động của Tỉnh ủy thực hiện Nghị quyết số 20-NQ/TW
Thời hạn: thường xuyên

Đề nghị đồng chí bấm “Đã nhận nhiệm vụ” để Văn phòng Tỉnh ủy biết cơ quan đã tiếp nhận.','[[{"text": "\u2705 \u0110\u00e3 nh\u1eadn nhi\u1ec7m v\u1ee5", "data": "ack:1"}], [{"text": "\ud83d\udcdd B\u00e1o c\u00e1o ti\u1ebfn \u0111\u1ed9", "data": "rep:1:p"}, {"text": "\ud83c\udfc1 B\u00e1o c\u00e1o ho\u00e0n th\u00e0nh", "data": "rep:1:c"}], [{"text": "\ud83d\udd0e Xem nhi\u1ec7m v\u1ee5", "data": "view:1"}]]','expired',0,NULL,NULL,'2023-04-24 02:00:00.000000',NULL,NULL,'gộp vào tin nhắn sau',NULL,NULL,NULL,'vi');
INSERT INTO "outbox_message" VALUES(2,'assignment:2:0@-','telegram',NULL,6,'assignment','📌 <b>Giao nhiệm vụ</b>
<b>Mục IV, điểm 2 (ban hành Kế hoạch)</b>: Ban hành Kế hoạch triển khai thực hiện
Cơ quan chủ trì: Huyện ủy Mường Tè
Văn bản: Chương trình hành động của Tỉnh ủy thực hiện Nghị quyết số 20-NQ/TW
Thời hạn: <b>31/5/2023</b> – văn bản ghi “hoàn thành trong tháng 5/2023” (còn 37 ngày)
Sản phẩm: Kế hoạch

Đề nghị đồng chí bấm “Đã nhận nhiệm vụ” để Văn phòng Tỉnh ủy biết cơ quan đã tiếp nhận.','[[{"text": "\u2705 \u0110\u00e3 nh\u1eadn nhi\u1ec7m v\u1ee5", "data": "ack:2"}], [{"text": "\ud83d\udcdd B\u00e1o c\u00e1o ti\u1ebfn \u0111\u1ed9", "data": "rep:2:p"}, {"text": "\ud83c\udfc1 B\u00e1o c\u00e1o ho\u00e0n th\u00e0nh", "data": "rep:2:c"}], [{"text": "\ud83d\uddd3 \u0110\u1ec1 ngh\u1ecb gia h\u1ea1n", "data": "ext:2"}, {"text": "\u23f0 Nh\u1eafc l\u1ea1i sau", "data": "snz:2"}], [{"text": "\ud83d\udd0e Xem nhi\u1ec7m v\u1ee5", "data": "view:2"}]]','expired',0,NULL,NULL,'2023-04-24 02:00:00.000000',NULL,NULL,'gộp vào tin nhắn sau',NULL,NULL,NULL,'vi');
INSERT INTO "outbox_message" VALUES(3,'digest:b7305d41f534e57b@-','telegram',NULL,4,'digest','📌 <b>Giao nhiệm vụ: 2 nhiệm vụ</b>
Cơ quan: Ban Tuyên giáo Tỉnh ủy
Văn bản: Chương trình hành động của Tỉnh ủy thực hiện Nghị quyết số 20-NQ/TW

1. <b>Giao nhiệm vụ</b>
<b>Mục IV, điểm 2 (ban hành Kế hoạch)</b>: Ban hành Kế hoạch triển khai thực hiện
Thời hạn: <b>31/5/2023</b> – văn bản ghi “hoàn thành trong tháng 5/2023” (còn 37 ngày)

2. <b>Giao nhiệm vụ</b>
<b>Mục IV, điểm 5</b>: Hướng dẫn công tác tuyên truyền, quán triệt
Thời hạn: chưa ấn định

Bấm “Xem nhiệm vụ” để báo cáo từng nhiệm vụ.','[[{"text": "\u2705 \u0110\u00e3 nh\u1eadn nhi\u1ec7m v\u1ee5 (2)", "data": "ack:3-6"}], [{"text": "\ud83d\udd0e Xem nhi\u1ec7m v\u1ee5 1", "data": "view:3"}, {"text": "\ud83d\udd0e Xem nhi\u1ec7m v\u1ee5 2", "data": "view:6"}], [{"text": "\ud83d\udccb Nhi\u1ec7m v\u1ee5 c\u1ee7a c\u01a1 quan", "data": "tasks:0:0"}]]','expired',0,NULL,NULL,'2023-04-24 02:00:00.000000',NULL,NULL,'gộp vào tin nhắn sau',NULL,NULL,NULL,'vi');
INSERT INTO "outbox_message" VALUES(4,'assignment:4:0@-','telegram',NULL,3,'assignment','📌 <b>Giao nhiệm vụ</b>
<b>Mục IV, điểm 2 (ban hành Kế hoạch)</b>: Ban hành Kế hoạch triển khai thực hiện
Cơ quan chủ trì: Ban Tổ chức Tỉnh ủy
Văn bản: Chương trình hành động của Tỉnh ủy thực hiện Nghị quyết số 20-NQ/TW
Thời hạn: <b>31/5/2023</b> – văn bản ghi “hoàn thành trong tháng 5/2023” (còn 37 ngày)
Sản phẩm: Kế hoạch

Đề nghị đồng chí bấm “Đã nhận nhiệm vụ” để Văn phòng Tỉnh ủy biết cơ quan đã tiếp nhận.','[[{"text": "\u2705 \u0110\u00e3 nh\u1eadn nhi\u1ec7m v\u1ee5", "data": "ack:4"}], [{"text": "\ud83d\udcdd B\u00e1o c\u00e1o ti\u1ebfn \u0111\u1ed9", "data": "rep:4:p"}, {"text": "\ud83c\udfc1 B\u00e1o c\u00e1o ho\u00e0n th\u00e0nh", "data": "rep:4:c"}], [{"text": "\ud83d\uddd3 \u0110\u1ec1 ngh\u1ecb gia h\u1ea1n", "data": "ext:4"}, {"text": "\u23f0 Nh\u1eafc l\u1ea1i sau", "data": "snz:4"}], [{"text": "\ud83d\udd0e Xem nhi\u1ec7m v\u1ee5", "data": "view:4"}]]','expired',0,NULL,NULL,'2023-04-24 02:00:00.000000',NULL,NULL,'gộp vào tin nhắn sau',NULL,NULL,NULL,'vi');
INSERT INTO "outbox_message" VALUES(5,'assignment:5:0@-','telegram',NULL,5,'assignment','📌 <b>Giao nhiệm vụ</b>
<b>Mục IV, điểm 3 (sơ kết, tổng kết, báo cáo)</b>: Định kỳ sơ kết, tổng kết, báo cáo Ban Thường vụ Tỉnh ủy
Cơ quan chủ trì: Ban cán sự đảng UBND tỉnh
Văn bản: Chương trình hành động của Tỉnh ủy thực hiện Nghị quyết số 20-NQ/TW
Thời hạn: văn bản ghi “định kỳ”, chưa ấn định ngày cụ thể
Sản phẩm: Báo cáo sơ kết, tổng kết

Đề nghị đồng chí bấm “Đã nhận nhiệm vụ” để Văn phòng Tỉnh ủy biết cơ quan đã tiếp nhận.','[[{"text": "\u2705 \u0110\u00e3 nh\u1eadn nhi\u1ec7m v\u1ee5", "data": "ack:5"}], [{"text": "\ud83d\udcdd B\u00e1o c\u00e1o ti\u1ebfn \u0111\u1ed9", "data": "rep:5:p"}, {"text": "\ud83c\udfc1 B\u00e1o c\u00e1o ho\u00e0n th\u00e0nh", "data": "rep:5:c"}], [{"text": "\ud83d\udd0e Xem nhi\u1ec7m v\u1ee5", "data": "view:5"}]]','expired',0,NULL,NULL,'2023-04-24 02:00:00.000000',NULL,NULL,'gộp vào tin nhắn sau',NULL,NULL,NULL,'vi');
INSERT INTO "outbox_message" VALUES(6,'open_deadlines:1:1@-','telegram',2,NULL,'open_deadlines','🗓 <b>Đề nghị ấn định thời hạn</b>
Văn bản: Chương trình hành động của Tỉnh ủy thực hiện Nghị quyết số 20-NQ/TW
2 nhiệm vụ chưa ấn định thời hạn.','[[{"text": "\ud83d\uddd3 Ch\u01b0a \u1ea5n \u0111\u1ecbnh th\u1eddi h\u1ea1n (2)", "data": "undl:0"}]]','sent',1,NULL,1,'2023-04-24 02:00:00.000000','2023-05-15 01:00:00.000000',1006,NULL,NULL,NULL,NULL,'vi');
INSERT INTO "outbox_message" VALUES(7,'assignment:2:0@1','telegram',1,6,'assignment','📌 <b>Giao nhiệm vụ</b>
<b>Mục IV, điểm 2 (ban hành Kế hoạch)</b>: Ban hành Kế hoạch triển khai thực hiện
Cơ quan chủ trì: Huyện ủy Mường Tè
Văn bản: Chương trình hành động của Tỉnh ủy thực hiện Nghị quyết số 20-NQ/TW
Thời hạn: <b>31/5/2023</b> – văn bản ghi “hoàn thành trong tháng 5/2023” (còn 37 ngày)
Sản phẩm: Kế hoạch

Đề nghị đồng chí bấm “Đã nhận nhiệm vụ” để Văn phòng Tỉnh ủy biết cơ quan đã tiếp nhận.','[[{"text": "\u2705 \u0110\u00e3 nh\u1eadn nhi\u1ec7m v\u1ee5", "data": "ack:2"}], [{"text": "\ud83d\udcdd B\u00e1o c\u00e1o ti\u1ebfn \u0111\u1ed9", "data": "rep:2:p"}, {"text": "\ud83c\udfc1 B\u00e1o c\u00e1o ho\u00e0n th\u00e0nh", "data": "rep:2:c"}], [{"text": "\ud83d\uddd3 \u0110\u1ec1 ngh\u1ecb gia h\u1ea1n", "data": "ext:2"}, {"text": "\u23f0 Nh\u1eafc l\u1ea1i sau", "data": "snz:2"}], [{"text": "\ud83d\udd0e Xem nhi\u1ec7m v\u1ee5", "data": "view:2"}]]','expired',0,NULL,NULL,'2023-04-24 02:00:00.000000',NULL,NULL,'gộp vào tin nhắn sau',NULL,NULL,NULL,'vi');
INSERT INTO "outbox_message" VALUES(8,'digest:b7305d41f534e57b@3','telegram',3,4,'digest','📌 <b>Giao nhiệm vụ: 2 nhiệm vụ</b>
Cơ quan: Ban Tuyên giáo Tỉnh ủy
Văn bản: Chương trình hành động của Tỉnh ủy thực hiện Nghị quyết số 20-NQ/TW

1. <b>Giao nhiệm vụ</b>
<b>Mục IV, điểm 2 (ban hành Kế hoạch)</b>: Ban hành Kế hoạch triển khai thực hiện
Thời hạn: <b>31/5/2023</b> – văn bản ghi “hoàn thành trong tháng 5/2023” (còn 37 ngày)

2. <b>Giao nhiệm vụ</b>
<b>Mục IV, điểm 5</b>: Hướng dẫn công tác tuyên truyền, quán triệt
Thời hạn: chưa ấn định

Bấm “Xem nhiệm vụ” để báo cáo từng nhiệm vụ.','[[{"text": "\u2705 \u0110\u00e3 nh\u1eadn nhi\u1ec7m v\u1ee5 (2)", "data": "ack:3-6"}], [{"text": "\ud83d\udd0e Xem nhi\u1ec7m v\u1ee5 1", "data": "view:3"}, {"text": "\ud83d\udd0e Xem nhi\u1ec7m v\u1ee5 2", "data": "view:6"}], [{"text": "\ud83d\udccb Nhi\u1ec7m v\u1ee5 c\u1ee7a c\u01a1 quan", "data": "tasks:0:0"}]]','expired',0,NULL,NULL,'2023-04-24 02:00:00.000000',NULL,NULL,'gộp vào tin nhắn sau',NULL,NULL,NULL,'vi');
INSERT INTO "outbox_message" VALUES(9,'unacknowledged:2023-05-15@2','telegram',2,NULL,'unacknowledged','⚠️ <b>Chưa xác nhận tiếp nhận nhiệm vụ</b> (đã giao quá 2 ngày làm việc)
<b>Mục IV, điểm 1</b>: Ban Thường vụ Tỉnh ủy
<b>Mục IV, điểm 2 (ban hành Kế hoạch)</b>: Ban Tổ chức Tỉnh ủy, Ban Tuyên giáo Tỉnh ủy, Huyện ủy Mường Tè
<b>Mục IV, điểm 3 (sơ kết, tổng kết, báo cáo)</b>: Ban cán sự đảng UBND tỉnh
<b>Mục IV, điểm 5</b>: Ban Tuyên giáo Tỉnh ủy','[[{"text": "\ud83d\udced Ch\u01b0a nh\u1eadn nhi\u1ec7m v\u1ee5 (6)", "data": "unak:0"}]]','sent',1,NULL,1,'2023-05-15 01:00:00.000000','2023-05-15 01:00:00.000000',1009,NULL,NULL,NULL,NULL,'vi');
INSERT INTO "outbox_message" VALUES(10,'digest:c804f667f7b6c93d@3','telegram',3,4,'digest','🔔 <b>Tổng hợp nhắc việc: 2 nhiệm vụ</b>
Cơ quan: Ban Tuyên giáo Tỉnh ủy
Văn bản: Chương trình hành động của Tỉnh ủy thực hiện Nghị quyết số 20-NQ/TW

1. <b>Đề nghị xác nhận đã nhận nhiệm vụ</b>
<b>Mục IV, điểm 2 (ban hành Kế hoạch)</b>: Ban hành Kế hoạch triển khai thực hiện
Thời hạn: <b>31/5/2023</b> – văn bản ghi “hoàn thành trong tháng 5/2023” (còn 16 ngày)

2. <b>Đề nghị xác nhận đã nhận nhiệm vụ</b>
<b>Mục IV, điểm 5</b>: Hướng dẫn công tác tuyên truyền, quán triệt
Thời hạn: chưa ấn định

Bấm “Xem nhiệm vụ” để báo cáo từng nhiệm vụ.','[[{"text": "\u2705 \u0110\u00e3 nh\u1eadn nhi\u1ec7m v\u1ee5 (2)", "data": "ack:3-6"}], [{"text": "\ud83d\udd0e Xem nhi\u1ec7m v\u1ee5 1", "data": "view:3"}, {"text": "\ud83d\udd0e Xem nhi\u1ec7m v\u1ee5 2", "data": "view:6"}], [{"text": "\ud83d\udccb Nhi\u1ec7m v\u1ee5 c\u1ee7a c\u01a1 quan", "data": "tasks:0:0"}]]','sent',1,NULL,1,'2023-05-15 01:00:00.000000','2023-05-15 01:00:00.000000',1010,NULL,NULL,NULL,NULL,'vi');
INSERT INTO "outbox_message" VALUES(11,'acknowledge:2::0:acknowledge@1','telegram',1,6,'acknowledge','📌 <b>Đề nghị xác nhận đã nhận nhiệm vụ</b>
<b>Mục IV, điểm 2 (ban hành Kế hoạch)</b>: Ban hành Kế hoạch triển khai thực hiện
Cơ quan chủ trì: Huyện ủy Mường Tè
Văn bản: Chương trình hành động của Tỉnh ủy thực hiện Nghị quyết số 20-NQ/TW
Thời hạn: <b>31/5/2023</b> – văn bản ghi “hoàn thành trong tháng 5/2023” (còn 16 ngày)
Sản phẩm: Kế hoạch

Đề nghị đồng chí bấm “Đã nhận nhiệm vụ” để Văn phòng Tỉnh ủy biết cơ quan đã tiếp nhận.','[[{"text": "\u2705 \u0110\u00e3 nh\u1eadn nhi\u1ec7m v\u1ee5", "data": "ack:2"}], [{"text": "\ud83d\udcdd B\u00e1o c\u00e1o ti\u1ebfn \u0111\u1ed9", "data": "rep:2:p"}, {"text": "\ud83c\udfc1 B\u00e1o c\u00e1o ho\u00e0n th\u00e0nh", "data": "rep:2:c"}], [{"text": "\ud83d\uddd3 \u0110\u1ec1 ngh\u1ecb gia h\u1ea1n", "data": "ext:2"}, {"text": "\u23f0 Nh\u1eafc l\u1ea1i sau", "data": "snz:2"}], [{"text": "\ud83d\udd0e Xem nhi\u1ec7m v\u1ee5", "data": "view:2"}]]','sent',1,NULL,1,'2023-05-15 01:00:00.000000','2023-05-15 01:00:00.000000',1011,NULL,NULL,NULL,NULL,'vi');
INSERT INTO "outbox_message" VALUES(12,'acknowledge:1::0:acknowledge@-','telegram',NULL,2,'acknowledge','📌 <b>Đề nghị xác nhận đã nhận nhiệm vụ</b>
<b>Mục IV, điểm 1</b>: Lãnh đạo, chỉ đạo, thường xuyên kiểm tra, giám sát việc triển khai thực hiện
Cơ quan chủ trì: Ban Thường vụ Tỉnh ủy
Văn bản: Chương trình hành động của Tỉnh ủy thực hiện Nghị quyết số 20-NQ/TW
Thời hạn: thường xuyên

Đề nghị đồng chí bấm “Đã nhận nhiệm vụ” để Văn phòng Tỉnh ủy biết cơ quan đã tiếp nhận.','[[{"text": "\u2705 \u0110\u00e3 nh\u1eadn nhi\u1ec7m v\u1ee5", "data": "ack:1"}], [{"text": "\ud83d\udcdd B\u00e1o c\u00e1o ti\u1ebfn \u0111\u1ed9", "data": "rep:1:p"}, {"text": "\ud83c\udfc1 B\u00e1o c\u00e1o ho\u00e0n th\u00e0nh", "data": "rep:1:c"}], [{"text": "\ud83d\udd0e Xem nhi\u1ec7m v\u1ee5", "data": "view:1"}]]','pending',0,NULL,NULL,'2023-05-15 01:00:00.000000',NULL,NULL,NULL,NULL,NULL,NULL,'vi');
INSERT INTO "outbox_message" VALUES(13,'acknowledge:4::0:acknowledge@-','telegram',NULL,3,'acknowledge','📌 <b>Đề nghị xác nhận đã nhận nhiệm vụ</b>
<b>Mục IV, điểm 2 (ban hành Kế hoạch)</b>: Ban hành Kế hoạch triển khai thực hiện
Cơ quan chủ trì: Ban Tổ chức Tỉnh ủy
Văn bản: Chương trình hành động của Tỉnh ủy thực hiện Nghị quyết số 20-NQ/TW
Thời hạn: <b>31/5/2023</b> – văn bản ghi “hoàn thành trong tháng 5/2023” (còn 16 ngày)
Sản phẩm: Kế hoạch

Đề nghị đồng chí bấm “Đã nhận nhiệm vụ” để Văn phòng Tỉnh ủy biết cơ quan đã tiếp nhận.','[[{"text": "\u2705 \u0110\u00e3 nh\u1eadn nhi\u1ec7m v\u1ee5", "data": "ack:4"}], [{"text": "\ud83d\udcdd B\u00e1o c\u00e1o ti\u1ebfn \u0111\u1ed9", "data": "rep:4:p"}, {"text": "\ud83c\udfc1 B\u00e1o c\u00e1o ho\u00e0n th\u00e0nh", "data": "rep:4:c"}], [{"text": "\ud83d\uddd3 \u0110\u1ec1 ngh\u1ecb gia h\u1ea1n", "data": "ext:4"}, {"text": "\u23f0 Nh\u1eafc l\u1ea1i sau", "data": "snz:4"}], [{"text": "\ud83d\udd0e Xem nhi\u1ec7m v\u1ee5", "data": "view:4"}]]','expired',0,NULL,NULL,'2023-05-15 01:00:00.000000',NULL,NULL,'gộp vào tin nhắn sau',NULL,NULL,NULL,'vi');
INSERT INTO "outbox_message" VALUES(14,'acknowledge:5::0:acknowledge@-','telegram',NULL,5,'acknowledge','📌 <b>Đề nghị xác nhận đã nhận nhiệm vụ</b>
<b>Mục IV, điểm 3 (sơ kết, tổng kết, báo cáo)</b>: Định kỳ sơ kết, tổng kết, báo cáo Ban Thường vụ Tỉnh ủy
Cơ quan chủ trì: Ban cán sự đảng UBND tỉnh
Văn bản: Chương trình hành động của Tỉnh ủy thực hiện Nghị quyết số 20-NQ/TW
Thời hạn: văn bản ghi “định kỳ”, chưa ấn định ngày cụ thể
Sản phẩm: Báo cáo sơ kết, tổng kết

Đề nghị đồng chí bấm “Đã nhận nhiệm vụ” để Văn phòng Tỉnh ủy biết cơ quan đã tiếp nhận.','[[{"text": "\u2705 \u0110\u00e3 nh\u1eadn nhi\u1ec7m v\u1ee5", "data": "ack:5"}], [{"text": "\ud83d\udcdd B\u00e1o c\u00e1o ti\u1ebfn \u0111\u1ed9", "data": "rep:5:p"}, {"text": "\ud83c\udfc1 B\u00e1o c\u00e1o ho\u00e0n th\u00e0nh", "data": "rep:5:c"}], [{"text": "\ud83d\udd0e Xem nhi\u1ec7m v\u1ee5", "data": "view:5"}]]','pending',0,NULL,NULL,'2023-05-15 01:00:00.000000',NULL,NULL,NULL,NULL,NULL,NULL,'vi');
INSERT INTO "outbox_message" VALUES(15,'unreachable:2023-W20@2','telegram',2,NULL,'unreachable','⚠️ <b>Cơ quan chưa nhận được tin</b>
⚠️ Cơ quan chưa có người nhận tin (3): Văn phòng Tỉnh ủy, Ban Tổ chức Tỉnh ủy, Ban cán sự đảng UBND tỉnh',NULL,'sent',1,NULL,1,'2023-05-15 01:00:00.000000','2023-05-15 01:00:00.000000',1015,NULL,NULL,NULL,NULL,'vi');
INSERT INTO "outbox_message" VALUES(16,'reminder:3::0:before-5@3','telegram',3,4,'reminder','🔔 <b>Nhắc việc lần 1</b> – còn 7 ngày
<b>Mục IV, điểm 2 (ban hành Kế hoạch)</b>: Ban hành Kế hoạch triển khai thực hiện
Cơ quan chủ trì: Ban Tuyên giáo Tỉnh ủy
Văn bản: Chương trình hành động của Tỉnh ủy thực hiện Nghị quyết số 20-NQ/TW
Thời hạn: <b>31/5/2023</b> – văn bản ghi “hoàn thành trong tháng 5/2023” (còn 7 ngày)

Đề nghị cơ quan báo cáo tình hình, kết quả thực hiện về Văn phòng Tỉnh ủy.','[[{"text": "\u2705 \u0110\u00e3 nh\u1eadn nhi\u1ec7m v\u1ee5", "data": "ack:3"}], [{"text": "\ud83d\udcdd B\u00e1o c\u00e1o ti\u1ebfn \u0111\u1ed9", "data": "rep:3:p"}, {"text": "\ud83c\udfc1 B\u00e1o c\u00e1o ho\u00e0n th\u00e0nh", "data": "rep:3:c"}], [{"text": "\ud83d\uddd3 \u0110\u1ec1 ngh\u1ecb gia h\u1ea1n", "data": "ext:3"}, {"text": "\u23f0 Nh\u1eafc l\u1ea1i sau", "data": "snz:3"}], [{"text": "\ud83d\udd0e Xem nhi\u1ec7m v\u1ee5", "data": "view:3"}]]','sent',1,NULL,1,'2023-05-24 01:00:00.000000','2023-05-24 01:00:00.000000',1016,NULL,NULL,NULL,NULL,'vi');
INSERT INTO "outbox_message" VALUES(17,'reminder:2::0:before-5@1','telegram',1,6,'reminder','🔔 <b>Nhắc việc lần 1</b> – còn 7 ngày
<b>Mục IV, điểm 2 (ban hành Kế hoạch)</b>: Ban hành Kế hoạch triển khai thực hiện
Cơ quan chủ trì: Huyện ủy Mường Tè
Văn bản: Chương trình hành động của Tỉnh ủy thực hiện Nghị quyết số 20-NQ/TW
Thời hạn: <b>31/5/2023</b> – văn bản ghi “hoàn thành trong tháng 5/2023” (còn 7 ngày)

Đề nghị cơ quan báo cáo tình hình, kết quả thực hiện về Văn phòng Tỉnh ủy.','[[{"text": "\u2705 \u0110\u00e3 nh\u1eadn nhi\u1ec7m v\u1ee5", "data": "ack:2"}], [{"text": "\ud83d\udcdd B\u00e1o c\u00e1o ti\u1ebfn \u0111\u1ed9", "data": "rep:2:p"}, {"text": "\ud83c\udfc1 B\u00e1o c\u00e1o ho\u00e0n th\u00e0nh", "data": "rep:2:c"}], [{"text": "\ud83d\uddd3 \u0110\u1ec1 ngh\u1ecb gia h\u1ea1n", "data": "ext:2"}, {"text": "\u23f0 Nh\u1eafc l\u1ea1i sau", "data": "snz:2"}], [{"text": "\ud83d\udd0e Xem nhi\u1ec7m v\u1ee5", "data": "view:2"}]]','sent',1,NULL,1,'2023-05-24 01:00:00.000000','2023-05-24 01:00:00.000000',1017,NULL,NULL,NULL,NULL,'vi');
INSERT INTO "outbox_message" VALUES(18,'reminder:4::0:before-5@-','telegram',NULL,3,'reminder','🔔 <b>Nhắc việc lần 1</b> – còn 7 ngày
<b>Mục IV, điểm 2 (ban hành Kế hoạch)</b>: Ban hành Kế hoạch triển khai thực hiện
Cơ quan chủ trì: Ban Tổ chức Tỉnh ủy
Văn bản: Chương trình hành động của Tỉnh ủy thực hiện Nghị quyết số 20-NQ/TW
Thời hạn: <b>31/5/2023</b> – văn bản ghi “hoàn thành trong tháng 5/2023” (còn 7 ngày)

Đề nghị cơ quan báo cáo tình hình, kết quả thực hiện về Văn phòng Tỉnh ủy.','[[{"text": "\u2705 \u0110\u00e3 nh\u1eadn nhi\u1ec7m v\u1ee5", "data": "ack:4"}], [{"text": "\ud83d\udcdd B\u00e1o c\u00e1o ti\u1ebfn \u0111\u1ed9", "data": "rep:4:p"}, {"text": "\ud83c\udfc1 B\u00e1o c\u00e1o ho\u00e0n th\u00e0nh", "data": "rep:4:c"}], [{"text": "\ud83d\uddd3 \u0110\u1ec1 ngh\u1ecb gia h\u1ea1n", "data": "ext:4"}, {"text": "\u23f0 Nh\u1eafc l\u1ea1i sau", "data": "snz:4"}], [{"text": "\ud83d\udd0e Xem nhi\u1ec7m v\u1ee5", "data": "view:4"}]]','expired',0,NULL,NULL,'2023-05-24 01:00:00.000000',NULL,NULL,'gộp vào tin nhắn sau',NULL,NULL,NULL,'vi');
INSERT INTO "outbox_message" VALUES(19,'unreachable:2023-W21@2','telegram',2,NULL,'unreachable','⚠️ <b>Cơ quan chưa nhận được tin</b>
⚠️ Cơ quan chưa có người nhận tin (3): Văn phòng Tỉnh ủy, Ban Tổ chức Tỉnh ủy, Ban cán sự đảng UBND tỉnh',NULL,'sent',1,NULL,1,'2023-05-24 01:00:00.000000','2023-05-24 01:00:00.000000',1019,NULL,NULL,NULL,NULL,'vi');
INSERT INTO "outbox_message" VALUES(20,'weekly:20230519T0800@2','telegram',2,NULL,'weekly','🗒 <b>Tổng hợp tuần</b>
Số liệu tính đến 15:00 ngày 19/5/2023

🔴 <b>Mới quá hạn trong tuần: 0</b>

🟠 <b>Đến hạn trong 7 ngày tới: 0</b>

🕓 <b>Chờ xác nhận: 0</b>

📌 <b>Chưa xác nhận đã nhận nhiệm vụ: 6</b>
– Ban Tổ chức Tỉnh ủy: Mục IV, điểm 2 (ban hành Kế hoạch), hạn 31/5/2023
– Ban Tuyên giáo Tỉnh ủy: Mục IV, điểm 2 (ban hành Kế hoạch), hạn 31/5/2023
– Huyện ủy Mường Tè: Mục IV, điểm 2 (ban hành Kế hoạch), hạn 31/5/2023
– Ban Thường vụ Tỉnh ủy: Mục IV, điểm 1
… và 2 nhiệm vụ nữa, xem trong /viec.

⚠️ <b>Cơ quan chưa có người nhận tin: 3</b>
Văn phòng Tỉnh ủy, Ban Tổ chức Tỉnh ủy, Ban cán sự đảng UBND tỉnh

🗓 Chưa ấn định thời hạn: 2; Văn phòng xác nhận hạn: 0','[[{"text": "\ud83d\udd34 Danh s\u00e1ch qu\u00e1 h\u1ea1n", "data": "over:0"}, {"text": "\ud83d\udfe0 S\u1eafp \u0111\u1ebfn h\u1ea1n", "data": "soon:0"}], [{"text": "\ud83d\udced Ch\u01b0a nh\u1eadn nhi\u1ec7m v\u1ee5 (6)", "data": "unak:0"}], [{"text": "\ud83d\uddd3 Ch\u01b0a \u1ea5n \u0111\u1ecbnh th\u1eddi h\u1ea1n (2)", "data": "undl:0"}], [{"text": "\ud83d\udce4 G\u1eedi Th\u01b0\u1eddng tr\u1ef1c", "data": "up:202305190800"}]]','sent',1,NULL,1,'2023-05-24 01:00:00.000000','2023-05-24 01:00:00.000000',1020,NULL,NULL,NULL,NULL,'vi');
INSERT INTO "outbox_message" VALUES(21,'receipt:1@1','telegram',1,6,'receipt','🧾 <b>Biên nhận báo cáo số 1</b>
Thời gian: 08:00 ngày 24/5/2023
Báo cáo tiến độ: <b>Mục IV, điểm 2 (ban hành Kế hoạch)</b>, Ban hành Kế hoạch triển khai thực hiện
Cơ quan: Huyện ủy Mường Tè
Người gửi: Binh','[[{"text": "\ud83d\udd0e Xem nhi\u1ec7m v\u1ee5", "data": "view:2"}]]','sent',1,NULL,1,'2023-05-24 01:00:00.000000','2023-05-24 01:00:00.000000',1021,NULL,NULL,NULL,NULL,'vi');
INSERT INTO "outbox_message" VALUES(22,'submitted:1@2','telegram',2,NULL,'submitted','📥 <b>Báo cáo tiến độ số 1</b>
Cơ quan: <b>Huyện ủy Mường Tè</b>
<b>Mục IV, điểm 2 (ban hành Kế hoạch)</b>: Ban hành Kế hoạch triển khai thực hiện
Văn bản: Chương trình hành động của Tỉnh ủy thực hiện Nghị quyết số 20-NQ/TW
Gửi lúc 08:00 ngày 24/5/2023, người gửi: Binh
<blockquote>Đang dự thảo; 60 %</blockquote>','[[{"text": "\ud83d\udd0e Xem nhi\u1ec7m v\u1ee5", "data": "view:2"}]]','sent',1,NULL,1,'2023-05-24 01:00:00.000000','2023-05-24 01:00:00.000000',1022,NULL,NULL,NULL,NULL,'vi');
INSERT INTO "outbox_message" VALUES(23,'receipt:2@1','telegram',1,6,'receipt','🧾 <b>Biên nhận báo cáo số 2</b>
Thời gian: 08:00 ngày 24/5/2023
Báo cáo hoàn thành: <b>Mục IV, điểm 2 (ban hành Kế hoạch)</b>, Ban hành Kế hoạch triển khai thực hiện
Cơ quan: Huyện ủy Mường Tè
Người gửi: Binh
⚠️ Chưa có văn bản.
Nộp đúng hạn (31/5/2023).
Văn phòng Tỉnh ủy sẽ xem xét, xác nhận. Từ nay cơ quan không nhận thêm tin nhắc về nhiệm vụ này, trừ trường hợp báo cáo được trả lại để bổ sung.','[[{"text": "\ud83d\udd0e Xem nhi\u1ec7m v\u1ee5", "data": "view:2"}]]','sent',1,NULL,1,'2023-05-24 01:00:00.000000','2023-05-24 01:00:00.000000',1023,NULL,NULL,NULL,NULL,'vi');
INSERT INTO "outbox_message" VALUES(24,'submitted:2@2','telegram',2,NULL,'submitted','📥 <b>Báo cáo hoàn thành số 2</b>
Cơ quan: <b>Huyện ủy Mường Tè</b>
<b>Mục IV, điểm 2 (ban hành Kế hoạch)</b>: Ban hành Kế hoạch triển khai thực hiện
Văn bản: Chương trình hành động của Tỉnh ủy thực hiện Nghị quyết số 20-NQ/TW
Gửi lúc 08:00 ngày 24/5/2023, người gửi: Binh
Nộp đúng hạn (31/5/2023).
<blockquote>Đã ban hành &lt;Kế hoạch&gt; số 12-KH/HU ✅</blockquote>
⚠️ Chưa có văn bản.','[[{"text": "\u2705 X\u00e1c nh\u1eadn ho\u00e0n th\u00e0nh", "data": "acc:2"}], [{"text": "\u21a9\ufe0f Tr\u1ea3 l\u1ea1i \u0111\u1ec3 b\u1ed5 sung", "data": "ret:2"}], [{"text": "\ud83d\udd0e Xem nhi\u1ec7m v\u1ee5", "data": "view:2"}]]','expired',1,NULL,1,'2023-05-24 01:00:00.000000',NULL,NULL,'không còn cần gửi: nhiệm vụ đã được xác nhận hoàn thành',NULL,NULL,NULL,'vi');
INSERT INTO "outbox_message" VALUES(25,'returned:2:4@1','telegram',1,6,'returned','↩️ <b>Báo cáo số 2 được trả lại để bổ sung</b>
<b>Mục IV, điểm 2 (ban hành Kế hoạch)</b>: Ban hành Kế hoạch triển khai thực hiện
Lý do: <blockquote>Thiếu phụ lục</blockquote>
Đề nghị cơ quan bổ sung và gửi lại.','[[{"text": "\ud83d\udd0e Xem nhi\u1ec7m v\u1ee5", "data": "view:2"}]]','sent',1,NULL,1,'2023-05-24 01:00:00.000000','2023-05-24 01:00:00.000000',1025,NULL,NULL,NULL,NULL,'vi');
INSERT INTO "outbox_message" VALUES(26,'receipt:3@1','telegram',1,6,'receipt','🧾 <b>Biên nhận báo cáo số 3</b>
Thời gian: 08:00 ngày 24/5/2023
Báo cáo hoàn thành: <b>Mục IV, điểm 2 (ban hành Kế hoạch)</b>, Ban hành Kế hoạch triển khai thực hiện
Cơ quan: Huyện ủy Mường Tè
Người gửi: Binh
⚠️ Chưa có văn bản.
Nộp đúng hạn (31/5/2023).
Văn phòng Tỉnh ủy sẽ xem xét, xác nhận. Từ nay cơ quan không nhận thêm tin nhắc về nhiệm vụ này, trừ trường hợp báo cáo được trả lại để bổ sung.','[[{"text": "\ud83d\udd0e Xem nhi\u1ec7m v\u1ee5", "data": "view:2"}]]','sent',1,NULL,1,'2023-05-24 01:00:00.000000','2023-05-24 01:00:00.000000',1026,NULL,NULL,NULL,NULL,'vi');
INSERT INTO "outbox_message" VALUES(27,'submitted:3@2','telegram',2,NULL,'submitted','📥 <b>Báo cáo hoàn thành số 3</b>
Cơ quan: <b>Huyện ủy Mường Tè</b>
<b>Mục IV, điểm 2 (ban hành Kế hoạch)</b>: Ban hành Kế hoạch triển khai thực hiện
Văn bản: Chương trình hành động của Tỉnh ủy thực hiện Nghị quyết số 20-NQ/TW
Gửi lúc 08:00 ngày 24/5/2023, người gửi: Binh
Nộp đúng hạn (31/5/2023).
<blockquote>Đã bổ sung phụ lục</blockquote>
⚠️ Chưa có văn bản.','[[{"text": "\u2705 X\u00e1c nh\u1eadn ho\u00e0n th\u00e0nh", "data": "acc:3"}], [{"text": "\u21a9\ufe0f Tr\u1ea3 l\u1ea1i \u0111\u1ec3 b\u1ed5 sung", "data": "ret:3"}], [{"text": "\ud83d\udd0e Xem nhi\u1ec7m v\u1ee5", "data": "view:2"}]]','expired',1,NULL,1,'2023-05-24 01:00:00.000000',NULL,NULL,'không còn cần gửi: nhiệm vụ đã được xác nhận hoàn thành',NULL,NULL,NULL,'vi');
INSERT INTO "outbox_message" VALUES(28,'accepted:3:6@1','telegram',1,6,'accepted','✅ <b>Đã xác nhận hoàn thành</b>
Báo cáo số 3: <b>Mục IV, điểm 2 (ban hành Kế hoạch)</b>, Ban hành Kế hoạch triển khai thực hiện
Nộp đúng hạn (31/5/2023).
Văn phòng Tỉnh ủy xác nhận lúc 08:00 ngày 24/5/2023.','[[{"text": "\ud83d\udd0e Xem nhi\u1ec7m v\u1ee5", "data": "view:2"}]]','sent',1,NULL,1,'2023-05-24 01:00:00.000000','2023-05-24 01:00:00.000000',1028,NULL,NULL,NULL,NULL,'vi');
INSERT INTO "outbox_message" VALUES(29,'extension_requested:1@2','telegram',2,NULL,'extension_requested','🗓 <b>Đề nghị gia hạn</b>
Ban Tuyên giáo Tỉnh ủy – <b>Mục IV, điểm 2 (ban hành Kế hoạch)</b>: Ban hành Kế hoạch triển khai thực hiện
Văn bản: Chương trình hành động của Tỉnh ủy thực hiện Nghị quyết số 20-NQ/TW
Từ 31/5/2023 đến <b>15/6/2023</b>
Lý do: <blockquote>Chờ hướng dẫn của cấp trên</blockquote>','[[{"text": "\u2705 \u0110\u1ed3ng \u00fd gia h\u1ea1n", "data": "exa:1"}], [{"text": "\u270d\ufe0f H\u1ea1n kh\u00e1c, ghi \u00fd ki\u1ebfn ch\u1ec9 \u0111\u1ea1o", "data": "exo:1"}], [{"text": "\u2716\ufe0f Ch\u01b0a \u0111\u1ed3ng \u00fd gia h\u1ea1n", "data": "exr:1"}], [{"text": "\ud83d\udd0e Xem nhi\u1ec7m v\u1ee5", "data": "view:3"}]]','sent',1,NULL,1,'2023-05-24 01:00:00.000000','2023-05-24 01:00:00.000000',1029,NULL,NULL,NULL,NULL,'vi');
INSERT INTO "outbox_message" VALUES(30,'reminder:3::0:after-2@3','telegram',3,4,'reminder','🔴 <b>Đôn đốc lần 2</b> – quá hạn 5 ngày
<b>Mục IV, điểm 2 (ban hành Kế hoạch)</b>: Ban hành Kế hoạch triển khai thực hiện
Cơ quan chủ trì: Ban Tuyên giáo Tỉnh ủy
Văn bản: Chương trình hành động của Tỉnh ủy thực hiện Nghị quyết số 20-NQ/TW
Thời hạn: <b>31/5/2023</b> – văn bản ghi “hoàn thành trong tháng 5/2023” (quá hạn 5 ngày)

Nhiệm vụ đã quá thời hạn mà Văn phòng Tỉnh ủy chưa nhận được báo cáo. Đề nghị cơ quan khẩn trương thực hiện và báo cáo kết quả.','[[{"text": "\u2705 \u0110\u00e3 nh\u1eadn nhi\u1ec7m v\u1ee5", "data": "ack:3"}], [{"text": "\ud83d\udcdd B\u00e1o c\u00e1o ti\u1ebfn \u0111\u1ed9", "data": "rep:3:p"}, {"text": "\ud83c\udfc1 B\u00e1o c\u00e1o ho\u00e0n th\u00e0nh", "data": "rep:3:c"}], [{"text": "\ud83d\uddd3 \u0110\u1ec1 ngh\u1ecb gia h\u1ea1n", "data": "ext:3"}], [{"text": "\ud83d\udd0e Xem nhi\u1ec7m v\u1ee5", "data": "view:3"}]]','pending',0,NULL,NULL,'2023-06-05 01:00:00.000000',NULL,NULL,NULL,NULL,NULL,NULL,'vi');
INSERT INTO "outbox_message" VALUES(31,'reminder:4::0:after-2@-','telegram',NULL,3,'reminder','🔴 <b>Đôn đốc lần 1</b> – quá hạn 5 ngày
<b>Mục IV, điểm 2 (ban hành Kế hoạch)</b>: Ban hành Kế hoạch triển khai thực hiện
Cơ quan chủ trì: Ban Tổ chức Tỉnh ủy
Văn bản: Chương trình hành động của Tỉnh ủy thực hiện Nghị quyết số 20-NQ/TW
Thời hạn: <b>31/5/2023</b> – văn bản ghi “hoàn thành trong tháng 5/2023” (quá hạn 5 ngày)

Nhiệm vụ đã quá thời hạn mà Văn phòng Tỉnh ủy chưa nhận được báo cáo. Đề nghị cơ quan khẩn trương thực hiện và báo cáo kết quả.','[[{"text": "\u2705 \u0110\u00e3 nh\u1eadn nhi\u1ec7m v\u1ee5", "data": "ack:4"}], [{"text": "\ud83d\udcdd B\u00e1o c\u00e1o ti\u1ebfn \u0111\u1ed9", "data": "rep:4:p"}, {"text": "\ud83c\udfc1 B\u00e1o c\u00e1o ho\u00e0n th\u00e0nh", "data": "rep:4:c"}], [{"text": "\ud83d\uddd3 \u0110\u1ec1 ngh\u1ecb gia h\u1ea1n", "data": "ext:4"}], [{"text": "\ud83d\udd0e Xem nhi\u1ec7m v\u1ee5", "data": "view:4"}]]','pending',0,NULL,NULL,'2023-06-05 01:00:00.000000',NULL,NULL,NULL,NULL,NULL,NULL,'vi');
INSERT INTO "outbox_message" VALUES(32,'unreachable:2023-W23@2','telegram',2,NULL,'unreachable','⚠️ <b>Cơ quan chưa nhận được tin</b>
⚠️ Cơ quan chưa có người nhận tin (3): Văn phòng Tỉnh ủy, Ban Tổ chức Tỉnh ủy, Ban cán sự đảng UBND tỉnh',NULL,'pending',0,NULL,NULL,'2023-06-05 01:00:00.000000',NULL,NULL,NULL,NULL,NULL,NULL,'vi');
INSERT INTO "outbox_message" VALUES(33,'weekly:20230602T0800@2','telegram',2,NULL,'weekly','🗒 <b>Tổng hợp tuần</b>
Số liệu tính đến 15:00 ngày 2/6/2023

🔴 <b>Mới quá hạn trong tuần: 2</b>
– Ban Tổ chức Tỉnh ủy: Mục IV, điểm 2 (ban hành Kế hoạch), quá hạn 2 ngày
– Ban Tuyên giáo Tỉnh ủy: Mục IV, điểm 2 (ban hành Kế hoạch), quá hạn 2 ngày

🟠 <b>Đến hạn trong 7 ngày tới: 0</b>

🕓 <b>Chờ xác nhận: 0</b>

📌 <b>Chưa xác nhận đã nhận nhiệm vụ: 5</b>
– Ban Tổ chức Tỉnh ủy: Mục IV, điểm 2 (ban hành Kế hoạch), hạn 31/5/2023
– Ban Tuyên giáo Tỉnh ủy: Mục IV, điểm 2 (ban hành Kế hoạch), hạn 31/5/2023
– Ban Thường vụ Tỉnh ủy: Mục IV, điểm 1
– Ban cán sự đảng UBND tỉnh: Mục IV, điểm 3 (sơ kết, tổng kết, báo cáo)
… và 1 nhiệm vụ nữa, xem trong /viec.

⚠️ <b>Cơ quan chưa có người nhận tin: 3</b>
Văn phòng Tỉnh ủy, Ban Tổ chức Tỉnh ủy, Ban cán sự đảng UBND tỉnh

🗓 Chưa ấn định thời hạn: 2; Văn phòng xác nhận hạn: 0','[[{"text": "\ud83d\udd34 Danh s\u00e1ch qu\u00e1 h\u1ea1n", "data": "over:0"}, {"text": "\ud83d\udfe0 S\u1eafp \u0111\u1ebfn h\u1ea1n", "data": "soon:0"}], [{"text": "\ud83d\udced Ch\u01b0a nh\u1eadn nhi\u1ec7m v\u1ee5 (5)", "data": "unak:0"}], [{"text": "\ud83d\uddd3 Ch\u01b0a \u1ea5n \u0111\u1ecbnh th\u1eddi h\u1ea1n (2)", "data": "undl:0"}], [{"text": "\ud83d\udce4 G\u1eedi Th\u01b0\u1eddng tr\u1ef1c", "data": "up:202306020800"}]]','pending',0,NULL,NULL,'2023-06-05 01:00:00.000000',NULL,NULL,NULL,NULL,NULL,NULL,'vi');
CREATE TABLE proposal (
	id INTEGER NOT NULL, 
	report_id INTEGER NOT NULL, 
	verdict VARCHAR NOT NULL, 
	note VARCHAR, 
	proposed_by INTEGER NOT NULL, 
	proposed_at DATETIME NOT NULL, days INTEGER, 
	PRIMARY KEY (id), 
	CONSTRAINT proposal_verdict CHECK (verdict IN ('accept', 'return')), 
	FOREIGN KEY(report_id) REFERENCES report (id), 
	FOREIGN KEY(proposed_by) REFERENCES member (id), 
	CONSTRAINT proposal_once UNIQUE (report_id)
);
INSERT INTO "proposal" VALUES(1,1,'return','Thiếu số',2,'2023-05-24 01:02:03.456789',NULL);
CREATE TABLE reminder_policy (
	id INTEGER NOT NULL, 
	document_id INTEGER, 
	task_id INTEGER, 
	ladder JSON NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT reminder_policy_of_one CHECK ((document_id IS NULL) <> (task_id IS NULL)), 
	FOREIGN KEY(document_id) REFERENCES document (id), 
	FOREIGN KEY(task_id) REFERENCES task (id), 
	CONSTRAINT reminder_policy_document UNIQUE (document_id), 
	CONSTRAINT reminder_policy_task UNIQUE (task_id)
);
INSERT INTO "reminder_policy" VALUES(1,NULL,1,'{"before": [10, 5], "after": []}');
CREATE TABLE "report" (
	id INTEGER NOT NULL, 
	assignment_id INTEGER NOT NULL, 
	agency_id INTEGER NOT NULL, 
	kind VARCHAR NOT NULL, 
	text VARCHAR NOT NULL, 
	document_number VARCHAR, 
	document_date DATE, 
	submitted_at DATETIME NOT NULL, 
	submitted_by INTEGER, 
	entered_by INTEGER, 
	review VARCHAR NOT NULL, 
	review_note VARCHAR, 
	reviewed_by INTEGER, 
	reviewed_at DATETIME, 
	cause VARCHAR, 
	difficulties VARCHAR, 
	proposals VARCHAR, 
	signatory VARCHAR, 
	expected_on DATE, 
	arrived_on DATE, 
	entered_at DATETIME, 
	pieces JSON, 
	PRIMARY KEY (id), 
	CONSTRAINT report_not_own CHECK (reviewed_by IS NULL OR reviewed_by <> submitted_by), 
	CONSTRAINT report_reviewed CHECK ((review = 'pending') = (reviewed_at IS NULL)), 
	CONSTRAINT report_review CHECK (review IN ('pending', 'accepted', 'returned')), 
	CONSTRAINT report_kind CHECK (kind IN ('progress', 'completion', 'contribution')), 
	CONSTRAINT report_by_someone CHECK (submitted_by IS NOT NULL OR entered_by IS NOT NULL), 
	FOREIGN KEY(agency_id) REFERENCES agency (id), 
	FOREIGN KEY(assignment_id) REFERENCES assignment (id), 
	FOREIGN KEY(entered_by) REFERENCES member (id), 
	FOREIGN KEY(submitted_by) REFERENCES member (id), 
	FOREIGN KEY(reviewed_by) REFERENCES member (id)
);
INSERT INTO "report" VALUES(1,2,6,'progress','Đang dự thảo; 60 %',NULL,NULL,'2023-05-24 01:00:00.000000',1,NULL,'pending',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "report" VALUES(2,2,6,'completion','Đã ban hành <Kế hoạch> số 12-KH/HU ✅',NULL,NULL,'2023-05-24 01:00:00.000000',1,NULL,'returned','Thiếu phụ lục',2,'2023-05-24 01:00:00.000000',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "report" VALUES(3,2,6,'completion','Đã bổ sung phụ lục',NULL,NULL,'2023-05-24 01:00:00.000000',1,NULL,'accepted',NULL,2,'2023-05-24 01:00:00.000000',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
CREATE TABLE report_version (
	id INTEGER NOT NULL, 
	report_id INTEGER NOT NULL, 
	number INTEGER NOT NULL, 
	"values" JSON NOT NULL, 
	replaced_at DATETIME NOT NULL, 
	replaced_by INTEGER NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(report_id) REFERENCES report (id), 
	FOREIGN KEY(replaced_by) REFERENCES member (id), 
	CONSTRAINT report_version_once UNIQUE (report_id, number)
);
INSERT INTO "report_version" VALUES(1,1,1,'{"text": "\u0110ang d\u1ef1 th\u1ea3o"}','2023-05-24 01:02:03.456789',1);
CREATE TABLE running_span (
	id INTEGER NOT NULL, 
	started_at DATETIME NOT NULL, 
	seen_at DATETIME NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "running_span" VALUES(1,'2023-05-24 01:02:03.456789','2023-05-27 01:02:03.456789');
CREATE TABLE snooze (
	id INTEGER NOT NULL, 
	assignment_id INTEGER NOT NULL, 
	member_id INTEGER NOT NULL, 
	until_at DATETIME NOT NULL, 
	notified_at DATETIME, 
	PRIMARY KEY (id), 
	FOREIGN KEY(assignment_id) REFERENCES assignment (id), 
	FOREIGN KEY(member_id) REFERENCES member (id), 
	CONSTRAINT snooze_once UNIQUE (assignment_id, member_id)
);
INSERT INTO "snooze" VALUES(1,1,1,'2023-05-24 01:02:03.456789',NULL);
CREATE TABLE succession (
	id INTEGER NOT NULL, 
	from_agency_id INTEGER NOT NULL, 
	to_agency_id INTEGER, 
	kind VARCHAR NOT NULL, 
	old_name VARCHAR, 
	effective_on DATE NOT NULL, 
	note VARCHAR, new_name VARCHAR, applied_at DATETIME, 
	PRIMARY KEY (id), 
	CONSTRAINT succession_kind CHECK (kind IN ('renamed', 'merged', 'split', 'ended')), 
	FOREIGN KEY(from_agency_id) REFERENCES agency (id), 
	FOREIGN KEY(to_agency_id) REFERENCES agency (id), 
	CONSTRAINT succession_once UNIQUE (from_agency_id, to_agency_id, effective_on)
);
INSERT INTO "succession" VALUES(1,1,2,'merged',NULL,'2025-07-01',NULL,NULL,NULL);
CREATE TABLE target (
	id INTEGER NOT NULL, 
	document_id INTEGER NOT NULL, 
	"key" VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	value VARCHAR, 
	unit VARCHAR, 
	by_on DATE, 
	PRIMARY KEY (id), 
	FOREIGN KEY(document_id) REFERENCES document (id), 
	CONSTRAINT target_key UNIQUE (document_id, "key")
);
INSERT INTO "target" VALUES(1,1,'hop-tac-xa','Hợp tác xã','410',NULL,NULL);
CREATE TABLE task (
	id INTEGER NOT NULL, 
	document_id INTEGER NOT NULL, 
	clause VARCHAR NOT NULL, 
	clause_label VARCHAR NOT NULL, 
	title VARCHAR NOT NULL, 
	text VARCHAR NOT NULL, 
	deadline_text VARCHAR, 
	deadline_kind VARCHAR NOT NULL, 
	deadline_confirmed BOOLEAN NOT NULL, 
	due DATE, 
	precision VARCHAR, 
	recurrence VARCHAR, 
	product VARCHAR, 
	person VARCHAR, 
	coordinating_text VARCHAR, 
	report_to VARCHAR, 
	advising_id INTEGER, 
	note VARCHAR, 
	loaded JSON NOT NULL, 
	withdrawn_at DATETIME, position INTEGER DEFAULT 0 NOT NULL, candidates JSON, settled_at DATETIME, settled_by INTEGER REFERENCES member (id), settled_reason VARCHAR, next_period_on DATE, recurs_since DATE, 
	PRIMARY KEY (id), 
	CONSTRAINT task_deadline_kind CHECK (deadline_kind IN ('date', 'month', 'quarter', 'half', 'year', 'relative', 'recurring', 'ongoing', 'none')), 
	FOREIGN KEY(advising_id) REFERENCES agency (id), 
	FOREIGN KEY(document_id) REFERENCES document (id), 
	CONSTRAINT task_clause UNIQUE (document_id, clause)
);
INSERT INTO "task" VALUES(1,1,'IV.1','Mục IV, điểm 1','Lãnh đạo, chỉ đạo, thường xuyên kiểm tra, giám sát việc triển khai thực hiện','Ban Thường vụ Tỉnh ủy tăng cường lãnh đạo, chỉ đạo, thường xuyên kiểm tra, giám sát việc triển khai thực hiện Nghị quyết số 20/NQ-TW của Ban Chấp hành Trung ương, Kế hoạch số 10-KH/TW của Bộ Chính trị và Chương trình hành động của Tỉnh ủy.','thường xuyên','ongoing',1,NULL,NULL,NULL,NULL,NULL,NULL,NULL,2,NULL,'{"clause_label": "M\u1ee5c IV, \u0111i\u1ec3m 1", "title": "L\u00e3nh \u0111\u1ea1o, ch\u1ec9 \u0111\u1ea1o, th\u01b0\u1eddng xuy\u00ean ki\u1ec3m tra, gi\u00e1m s\u00e1t vi\u1ec7c tri\u1ec3n khai th\u1ef1c hi\u1ec7n", "text": "Ban Th\u01b0\u1eddng v\u1ee5 T\u1ec9nh \u1ee7y t\u0103ng c\u01b0\u1eddng l\u00e3nh \u0111\u1ea1o, ch\u1ec9 \u0111\u1ea1o, th\u01b0\u1eddng xuy\u00ean ki\u1ec3m tra, gi\u00e1m s\u00e1t vi\u1ec7c tri\u1ec3n khai th\u1ef1c hi\u1ec7n Ngh\u1ecb quy\u1ebft s\u1ed1 20/NQ-TW c\u1ee7a Ban Ch\u1ea5p h\u00e0nh Trung \u01b0\u01a1ng, K\u1ebf ho\u1ea1ch s\u1ed1 10-KH/TW c\u1ee7a B\u1ed9 Ch\u00ednh tr\u1ecb v\u00e0 Ch\u01b0\u01a1ng tr\u00ecnh h\u00e0nh \u0111\u1ed9ng c\u1ee7a T\u1ec9nh \u1ee7y.", "coordinating_text": null, "deadline_text": "th\u01b0\u1eddng xuy\u00ean", "deadline_kind": "ongoing", "due": null, "recurrence": null, "precision": null, "deadline_confirmed": true, "candidates": null, "product": null, "person": null, "report_to": null, "advising": "van-phong-tinh-uy", "note": null, "lead": ["ban-thuong-vu-tinh-uy"], "coordinating": []}',NULL,0,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "task" VALUES(2,1,'IV.2.b','Mục IV, điểm 2 (ban hành Kế hoạch)','Ban hành Kế hoạch triển khai thực hiện','Các ban đảng, ban cán sự đảng, đảng đoàn, Ban Thường vụ Tỉnh đoàn, các huyện ủy, thành ủy, đảng ủy trực thuộc […] ban hành Kế hoạch triển khai thực hiện phù hợp với chức năng, nhiệm vụ được giao (hoàn thành trong tháng 5/2023).','hoàn thành trong tháng 5/2023','month',1,'2023-05-31','month',NULL,'Kế hoạch',NULL,NULL,NULL,NULL,NULL,'{"clause_label": "M\u1ee5c IV, \u0111i\u1ec3m 2 (ban h\u00e0nh K\u1ebf ho\u1ea1ch)", "title": "Ban h\u00e0nh K\u1ebf ho\u1ea1ch tri\u1ec3n khai th\u1ef1c hi\u1ec7n", "text": "C\u00e1c ban \u0111\u1ea3ng, ban c\u00e1n s\u1ef1 \u0111\u1ea3ng, \u0111\u1ea3ng \u0111o\u00e0n, Ban Th\u01b0\u1eddng v\u1ee5 T\u1ec9nh \u0111o\u00e0n, c\u00e1c huy\u1ec7n \u1ee7y, th\u00e0nh \u1ee7y, \u0111\u1ea3ng \u1ee7y tr\u1ef1c thu\u1ed9c [\u2026] ban h\u00e0nh K\u1ebf ho\u1ea1ch tri\u1ec3n khai th\u1ef1c hi\u1ec7n ph\u00f9 h\u1ee3p v\u1edbi ch\u1ee9c n\u0103ng, nhi\u1ec7m v\u1ee5 \u0111\u01b0\u1ee3c giao (ho\u00e0n th\u00e0nh trong th\u00e1ng 5/2023).", "coordinating_text": null, "deadline_text": "ho\u00e0n th\u00e0nh trong th\u00e1ng 5/2023", "deadline_kind": "month", "due": "2023-05-31", "recurrence": null, "precision": "month", "deadline_confirmed": true, "candidates": null, "product": "K\u1ebf ho\u1ea1ch", "person": null, "report_to": null, "advising": null, "note": null, "lead": ["hu-muong-te", "ban-tuyen-giao", "ban-to-chuc"], "coordinating": []}',NULL,0,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "task" VALUES(3,1,'IV.3.b','Mục IV, điểm 3 (sơ kết, tổng kết, báo cáo)','Định kỳ sơ kết, tổng kết, báo cáo Ban Thường vụ Tỉnh ủy','Ban cán sự đảng UBND tỉnh […] định kỳ sơ kết, tổng kết, báo cáo Ban Thường vụ Tỉnh ủy.','định kỳ','recurring',1,NULL,NULL,NULL,'Báo cáo sơ kết, tổng kết',NULL,NULL,'Ban Thường vụ Tỉnh ủy',NULL,'Hai nhịp (sơ kết và tổng kết), văn bản không nêu bao lâu một lần: Văn phòng ấn định. Báo cáo đối chiếu với các chỉ tiêu ở Mục II, điểm 2: đến năm 2030 khoảng 430 tổ hợp tác, 410 hợp tác xã, 04 liên hiệp hợp tác xã, trên 60% tổ chức kinh tế tập thể đạt loại tốt, khá; đến năm 2045 khoảng 600 tổ hợp tác, 650 hợp tác xã, 10 liên hiệp hợp tác xã, trên 65% đạt loại tốt, khá.','{"clause_label": "M\u1ee5c IV, \u0111i\u1ec3m 3 (s\u01a1 k\u1ebft, t\u1ed5ng k\u1ebft, b\u00e1o c\u00e1o)", "title": "\u0110\u1ecbnh k\u1ef3 s\u01a1 k\u1ebft, t\u1ed5ng k\u1ebft, b\u00e1o c\u00e1o Ban Th\u01b0\u1eddng v\u1ee5 T\u1ec9nh \u1ee7y", "text": "Ban c\u00e1n s\u1ef1 \u0111\u1ea3ng UBND t\u1ec9nh [\u2026] \u0111\u1ecbnh k\u1ef3 s\u01a1 k\u1ebft, t\u1ed5ng k\u1ebft, b\u00e1o c\u00e1o Ban Th\u01b0\u1eddng v\u1ee5 T\u1ec9nh \u1ee7y.", "coordinating_text": null, "deadline_text": "\u0111\u1ecbnh k\u1ef3", "deadline_kind": "recurring", "due": null, "recurrence": null, "precision": null, "deadline_confirmed": true, "candidates": null, "product": "B\u00e1o c\u00e1o s\u01a1 k\u1ebft, t\u1ed5ng k\u1ebft", "person": null, "report_to": "Ban Th\u01b0\u1eddng v\u1ee5 T\u1ec9nh \u1ee7y", "advising": null, "note": "Hai nh\u1ecbp (s\u01a1 k\u1ebft v\u00e0 t\u1ed5ng k\u1ebft), v\u0103n b\u1ea3n kh\u00f4ng n\u00eau bao l\u00e2u m\u1ed9t l\u1ea7n: V\u0103n ph\u00f2ng \u1ea5n \u0111\u1ecbnh. B\u00e1o c\u00e1o \u0111\u1ed1i chi\u1ebfu v\u1edbi c\u00e1c ch\u1ec9 ti\u00eau \u1edf M\u1ee5c II, \u0111i\u1ec3m 2: \u0111\u1ebfn n\u0103m 2030 kho\u1ea3ng 430 t\u1ed5 h\u1ee3p t\u00e1c, 410 h\u1ee3p t\u00e1c x\u00e3, 04 li\u00ean hi\u1ec7p h\u1ee3p t\u00e1c x\u00e3, tr\u00ean 60% t\u1ed5 ch\u1ee9c kinh t\u1ebf t\u1eadp th\u1ec3 \u0111\u1ea1t lo\u1ea1i t\u1ed1t, kh\u00e1; \u0111\u1ebfn n\u0103m 2045 kho\u1ea3ng 600 t\u1ed5 h\u1ee3p t\u00e1c, 650 h\u1ee3p t\u00e1c x\u00e3, 10 li\u00ean hi\u1ec7p h\u1ee3p t\u00e1c x\u00e3, tr\u00ean 65% \u0111\u1ea1t lo\u1ea1i t\u1ed1t, kh\u00e1.", "lead": ["bcsd-ubnd-tinh"], "coordinating": []}',NULL,0,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "task" VALUES(4,1,'IV.5','Mục IV, điểm 5','Hướng dẫn công tác tuyên truyền, quán triệt','Ban Tuyên giáo Tỉnh ủy chủ trì, phối hợp với các cơ quan liên quan hướng dẫn công tác tuyên truyền, quán triệt Nghị quyết số 20-NQ/TW và Chương trình hành động này.',NULL,'none',1,NULL,NULL,NULL,NULL,NULL,'các cơ quan liên quan',NULL,NULL,'Văn bản không nêu thời hạn, nhưng các cơ quan khác chờ hướng dẫn này để quán triệt, tuyên truyền.','{"clause_label": "M\u1ee5c IV, \u0111i\u1ec3m 5", "title": "H\u01b0\u1edbng d\u1eabn c\u00f4ng t\u00e1c tuy\u00ean truy\u1ec1n, qu\u00e1n tri\u1ec7t", "text": "Ban Tuy\u00ean gi\u00e1o T\u1ec9nh \u1ee7y ch\u1ee7 tr\u00ec, ph\u1ed1i h\u1ee3p v\u1edbi c\u00e1c c\u01a1 quan li\u00ean quan h\u01b0\u1edbng d\u1eabn c\u00f4ng t\u00e1c tuy\u00ean truy\u1ec1n, qu\u00e1n tri\u1ec7t Ngh\u1ecb quy\u1ebft s\u1ed1 20-NQ/TW v\u00e0 Ch\u01b0\u01a1ng tr\u00ecnh h\u00e0nh \u0111\u1ed9ng n\u00e0y.", "coordinating_text": "c\u00e1c c\u01a1 quan li\u00ean quan", "deadline_text": null, "deadline_kind": "none", "due": null, "recurrence": null, "precision": null, "deadline_confirmed": true, "candidates": null, "product": null, "person": null, "report_to": null, "advising": null, "note": "V\u0103n b\u1ea3n kh\u00f4ng n\u00eau th\u1eddi h\u1ea1n, nh\u01b0ng c\u00e1c c\u01a1 quan kh\u00e1c ch\u1edd h\u01b0\u1edbng d\u1eabn n\u00e0y \u0111\u1ec3 qu\u00e1n tri\u1ec7t, tuy\u00ean truy\u1ec1n.", "lead": ["ban-tuyen-giao"], "coordinating": []}',NULL,0,NULL,NULL,NULL,NULL,NULL,NULL);
CREATE TABLE transfer (
	id INTEGER NOT NULL, 
	assignment_id INTEGER NOT NULL, 
	wanted_agency_id INTEGER, 
	reason VARCHAR NOT NULL, 
	requested_by INTEGER NOT NULL, 
	requested_at DATETIME NOT NULL, 
	state VARCHAR NOT NULL, 
	decided_by INTEGER, 
	decided_at DATETIME, 
	note VARCHAR, 
	PRIMARY KEY (id), 
	CONSTRAINT transfer_state CHECK (state IN ('pending', 'agreed', 'refused')), 
	CONSTRAINT transfer_decided CHECK ((state = 'pending') = (decided_at IS NULL)), 
	FOREIGN KEY(assignment_id) REFERENCES assignment (id), 
	FOREIGN KEY(wanted_agency_id) REFERENCES agency (id), 
	FOREIGN KEY(requested_by) REFERENCES member (id), 
	FOREIGN KEY(decided_by) REFERENCES member (id)
);
INSERT INTO "transfer" VALUES(1,1,NULL,'Không thuộc lĩnh vực',1,'2023-05-24 01:02:03.456789','pending',NULL,NULL,NULL);
CREATE TABLE wrong_invite (
	id INTEGER NOT NULL, 
	address VARCHAR NOT NULL, 
	at DATETIME NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "wrong_invite" VALUES(1,'720000009','2023-05-24 01:02:03.456789');
CREATE INDEX inbox_update_open ON inbox_update (id) WHERE state IN ('received', 'applied');
CREATE INDEX ix_address_member_id ON address (member_id);
CREATE INDEX ix_cover_absent_id ON cover (absent_id);
CREATE INDEX ix_cover_agency_id ON cover (agency_id);
CREATE INDEX ix_cover_cover_id ON cover (cover_id);
CREATE INDEX ix_dialogue_state_member_id ON dialogue_state (member_id);
CREATE INDEX ix_invite_agency_id ON invite (agency_id);
CREATE INDEX ix_invite_created_by ON invite (created_by);
CREATE INDEX ix_invite_used_by ON invite (used_by);
CREATE INDEX ix_membership_agency_id ON membership (agency_id);
CREATE INDEX ix_membership_member_id ON membership (member_id);
CREATE INDEX ix_succession_from_agency_id ON succession (from_agency_id);
CREATE INDEX ix_succession_to_agency_id ON succession (to_agency_id);
CREATE INDEX ix_task_advising_id ON task (advising_id);
CREATE INDEX ix_assignment_agency_id ON assignment (agency_id);
CREATE INDEX ix_group_binding_agency_id ON group_binding (agency_id);
CREATE INDEX ix_group_binding_bound_by ON group_binding (bound_by);
CREATE INDEX ix_outbox_message_agency_id ON outbox_message (agency_id);
CREATE INDEX outbox_message_telegram ON outbox_message (address_id, message_id);
CREATE INDEX outbox_message_waiting ON outbox_message (address_id, id) WHERE status IN ('pending', 'sending');
CREATE INDEX ix_deadline_change_assignment_id ON deadline_change (assignment_id);
CREATE INDEX ix_event_actor_id ON event (actor_id);
CREATE INDEX ix_event_agency_id ON event (agency_id);
CREATE INDEX ix_event_assignment_id ON event (assignment_id);
CREATE INDEX ix_event_at ON event (at);
CREATE INDEX ix_event_document_id ON event (document_id);
CREATE UNIQUE INDEX extension_one_pending ON extension (assignment_id) WHERE state = 'pending';
CREATE INDEX ix_extension_assignment_id ON extension (assignment_id);
CREATE INDEX ix_snooze_member_id ON snooze (member_id);
CREATE INDEX ix_attachment_report_id ON attachment (report_id);
CREATE INDEX ix_attachment_state ON attachment (state);
CREATE INDEX ix_indicator_report_id ON indicator (report_id);
CREATE INDEX notice_assignment ON notice (assignment_id, kind);
CREATE UNIQUE INDEX membership_open_once ON membership (member_id, role, coalesce(agency_id, 0)) WHERE until_at IS NULL;
CREATE TRIGGER event_no_update BEFORE UPDATE ON event BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;
CREATE TRIGGER event_no_delete BEFORE DELETE ON event BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;
CREATE TRIGGER event_no_replace BEFORE INSERT ON event WHEN EXISTS (SELECT 1 FROM event WHERE id = NEW.id) BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;
CREATE INDEX outbox_message_batch ON outbox_message (batch) WHERE batch IS NOT NULL;
CREATE INDEX task_next_period ON task (next_period_on) WHERE next_period_on IS NOT NULL;
CREATE INDEX assignment_reminder ON assignment (next_reminder_at, agency_id) WHERE next_reminder_at IS NOT NULL;
CREATE INDEX snooze_until ON snooze (until_at);
CREATE INDEX ix_transfer_assignment_id ON transfer (assignment_id);
CREATE UNIQUE INDEX transfer_one_pending ON transfer (assignment_id) WHERE state = 'pending';
CREATE INDEX ix_indicator_target_id ON indicator (target_id);
CREATE INDEX ix_report_agency_id ON report (agency_id);
CREATE UNIQUE INDEX report_one_pending_completion ON report (assignment_id) WHERE kind = 'completion' AND review = 'pending';
CREATE INDEX ix_report_assignment_id ON report (assignment_id);
CREATE INDEX ix_report_submitted_by ON report (submitted_by);
CREATE INDEX ix_running_span_seen_at ON running_span (seen_at);
CREATE INDEX ix_wrong_invite_address ON wrong_invite (address);
CREATE INDEX ix_wrong_invite_at ON wrong_invite (at);
CREATE INDEX inbox_update_fair ON inbox_update (chat, id) WHERE state IN ('received', 'applied');
CREATE INDEX assignment_open_lead ON assignment (due, agency_id, grace_until, role, status) WHERE role = 'lead' AND status IN ('not_started', 'in_progress');
CREATE INDEX assignment_holder ON assignment (holder_id) WHERE holder_id IS NOT NULL;
CREATE INDEX assignment_unreceived ON assignment (assigned_at) WHERE acknowledged_at IS NULL AND status = 'not_started';
COMMIT;
