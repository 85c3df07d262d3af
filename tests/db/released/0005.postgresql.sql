CREATE FUNCTION public.refuse_event_change() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'the audit trail is append-only'; END $$;
CREATE TABLE public.address (
    id bigint NOT NULL,
    channel character varying NOT NULL,
    address character varying NOT NULL,
    kind character varying NOT NULL,
    member_id bigint,
    language character varying,
    reachable boolean NOT NULL,
    unreachable_reason character varying,
    unreachable_at timestamp with time zone,
    menu character varying,
    CONSTRAINT address_kind CHECK (((kind)::text = ANY ((ARRAY['private'::character varying, 'group'::character varying])::text[]))),
    CONSTRAINT address_owner CHECK ((((kind)::text = 'private'::text) = (member_id IS NOT NULL)))
);
CREATE SEQUENCE public.address_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.address_id_seq OWNED BY public.address.id;
CREATE TABLE public.agency (
    id bigint NOT NULL,
    key character varying NOT NULL,
    name character varying NOT NULL,
    aliases json NOT NULL,
    confirmed boolean NOT NULL,
    note character varying,
    loaded json NOT NULL,
    ended_on date,
    monitor_id bigint,
    is_discreet boolean DEFAULT false NOT NULL
);
CREATE TABLE public.agency_group (
    id bigint NOT NULL,
    key character varying NOT NULL,
    name character varying NOT NULL
);
CREATE SEQUENCE public.agency_group_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.agency_group_id_seq OWNED BY public.agency_group.id;
CREATE TABLE public.agency_group_member (
    group_id bigint NOT NULL,
    agency_id bigint NOT NULL
);
CREATE SEQUENCE public.agency_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.agency_id_seq OWNED BY public.agency.id;
CREATE TABLE public.alembic_version (
    version_num character varying(32) NOT NULL
);
CREATE TABLE public.assignment (
    id bigint NOT NULL,
    task_id bigint NOT NULL,
    agency_id bigint NOT NULL,
    role character varying NOT NULL,
    period character varying NOT NULL,
    status character varying NOT NULL,
    due date,
    original_due date,
    person character varying,
    plan_no integer NOT NULL,
    assigned_at timestamp with time zone NOT NULL,
    next_reminder_at timestamp with time zone,
    planned_until timestamp with time zone,
    acknowledged_at timestamp with time zone,
    acknowledged_by bigint,
    submitted_at timestamp with time zone,
    completed_at timestamp with time zone,
    version integer NOT NULL,
    ended_at timestamp with time zone,
    complete_by date,
    grace_until date,
    holder_id bigint,
    handed_by bigint,
    handed_at timestamp with time zone,
    received_at timestamp with time zone,
    CONSTRAINT assignment_acknowledged CHECK (((acknowledged_at IS NULL) = (acknowledged_by IS NULL))),
    CONSTRAINT assignment_completed CHECK ((((status)::text = 'completed'::text) = (completed_at IS NOT NULL))),
    CONSTRAINT assignment_lead_completes CHECK ((((role)::text = 'lead'::text) OR ((status)::text <> 'completed'::text))),
    CONSTRAINT assignment_plan_no CHECK ((plan_no >= 0)),
    CONSTRAINT assignment_role CHECK (((role)::text = ANY ((ARRAY['lead'::character varying, 'coordinating'::character varying])::text[]))),
    CONSTRAINT assignment_status CHECK (((status)::text = ANY ((ARRAY['not_started'::character varying, 'in_progress'::character varying, 'awaiting_confirmation'::character varying, 'completed'::character varying, 'suspended'::character varying, 'withdrawn'::character varying])::text[]))),
    CONSTRAINT assignment_submitted CHECK ((((status)::text <> ALL ((ARRAY['awaiting_confirmation'::character varying, 'completed'::character varying])::text[])) OR (submitted_at IS NOT NULL)))
);
CREATE SEQUENCE public.assignment_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.assignment_id_seq OWNED BY public.assignment.id;
CREATE TABLE public.attachment (
    id bigint NOT NULL,
    report_id bigint,
    member_id bigint NOT NULL,
    name character varying NOT NULL,
    mime character varying,
    size bigint,
    file_id character varying NOT NULL,
    file_unique_id character varying,
    state character varying NOT NULL,
    sha256 character varying,
    attempts integer NOT NULL,
    not_before timestamp with time zone,
    error character varying,
    created_at timestamp with time zone NOT NULL,
    document_id bigint,
    CONSTRAINT attachment_state CHECK (((state)::text = ANY ((ARRAY['wanted'::character varying, 'stored'::character varying, 'failed'::character varying])::text[]))),
    CONSTRAINT attachment_stored CHECK ((((state)::text = 'stored'::text) = (sha256 IS NOT NULL)))
);
CREATE SEQUENCE public.attachment_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.attachment_id_seq OWNED BY public.attachment.id;
CREATE TABLE public.cover (
    id bigint NOT NULL,
    absent_id bigint NOT NULL,
    cover_id bigint NOT NULL,
    agency_id bigint NOT NULL,
    starts_on date NOT NULL,
    ends_on date NOT NULL,
    CONSTRAINT cover_other CHECK ((absent_id <> cover_id)),
    CONSTRAINT cover_span CHECK ((ends_on >= starts_on))
);
CREATE SEQUENCE public.cover_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.cover_id_seq OWNED BY public.cover.id;
CREATE TABLE public.deadline_change (
    id bigint NOT NULL,
    assignment_id bigint NOT NULL,
    old_due date,
    new_due date,
    reason character varying NOT NULL,
    changed_by bigint,
    changed_at timestamp with time zone NOT NULL
);
CREATE SEQUENCE public.deadline_change_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.deadline_change_id_seq OWNED BY public.deadline_change.id;
CREATE TABLE public.dialogue_state (
    id bigint NOT NULL,
    chat_id character varying NOT NULL,
    member_id bigint NOT NULL,
    name character varying NOT NULL,
    token character varying NOT NULL,
    data json NOT NULL,
    updated_at timestamp with time zone NOT NULL
);
CREATE SEQUENCE public.dialogue_state_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.dialogue_state_id_seq OWNED BY public.dialogue_state.id;
CREATE TABLE public.document (
    id bigint NOT NULL,
    key character varying NOT NULL,
    title character varying NOT NULL,
    issuer character varying,
    number character varying,
    issued_on date,
    received json,
    signed_by character varying,
    secrecy character varying,
    file character varying,
    loaded json NOT NULL,
    past character varying NOT NULL,
    created_at timestamp with time zone NOT NULL,
    paused_at timestamp with time zone,
    monitor_id bigint,
    file_sha256 character varying,
    CONSTRAINT document_not_secret CHECK ((secrecy IS NULL)),
    CONSTRAINT document_past CHECK (((past)::text = ANY ((ARRAY['none'::character varying, 'held'::character varying, 'now'::character varying, 'all'::character varying, 'silent'::character varying])::text[])))
);
CREATE SEQUENCE public.document_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.document_id_seq OWNED BY public.document.id;
CREATE TABLE public.event (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    actor_id bigint,
    actor character varying NOT NULL,
    action character varying NOT NULL,
    document_id bigint,
    assignment_id bigint,
    agency_id bigint,
    before json,
    after json,
    update_id bigint
);
CREATE SEQUENCE public.event_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.event_id_seq OWNED BY public.event.id;
CREATE TABLE public.extension (
    id bigint NOT NULL,
    assignment_id bigint NOT NULL,
    requested_by bigint NOT NULL,
    requested_at timestamp with time zone NOT NULL,
    wanted_text character varying NOT NULL,
    wanted_due date NOT NULL,
    reason character varying NOT NULL,
    state character varying NOT NULL,
    decided_by bigint,
    decided_at timestamp with time zone,
    decided_due date,
    on_whose_word character varying,
    note character varying,
    document_number character varying,
    document_date date,
    CONSTRAINT extension_decided CHECK ((((state)::text = 'pending'::text) = (decided_at IS NULL))),
    CONSTRAINT extension_state CHECK (((state)::text = ANY ((ARRAY['pending'::character varying, 'agreed'::character varying, 'refused'::character varying])::text[])))
);
CREATE SEQUENCE public.extension_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.extension_id_seq OWNED BY public.extension.id;
CREATE TABLE public.group_binding (
    id bigint NOT NULL,
    address_id bigint NOT NULL,
    agency_id bigint NOT NULL,
    bound_by bigint NOT NULL,
    bound_at timestamp with time zone NOT NULL,
    reminders boolean NOT NULL
);
CREATE SEQUENCE public.group_binding_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.group_binding_id_seq OWNED BY public.group_binding.id;
CREATE TABLE public.holiday (
    day date NOT NULL,
    kind character varying NOT NULL,
    name character varying,
    CONSTRAINT holiday_kind CHECK (((kind)::text = ANY ((ARRAY['off'::character varying, 'work'::character varying])::text[])))
);
CREATE TABLE public.inbox_update (
    id bigint NOT NULL,
    bot_id bigint NOT NULL,
    update_id bigint NOT NULL,
    raw character varying NOT NULL,
    state character varying NOT NULL,
    attempts integer NOT NULL,
    received_at timestamp with time zone NOT NULL,
    applied_at timestamp with time zone,
    done_at timestamp with time zone,
    answers json,
    error character varying,
    chat bigint,
    CONSTRAINT inbox_update_applied CHECK ((((state)::text = ANY ((ARRAY['applied'::character varying, 'done'::character varying])::text[])) = (applied_at IS NOT NULL))),
    CONSTRAINT inbox_update_parked CHECK ((((state)::text = 'parked'::text) = (error IS NOT NULL))),
    CONSTRAINT inbox_update_state CHECK (((state)::text = ANY ((ARRAY['received'::character varying, 'applied'::character varying, 'done'::character varying, 'parked'::character varying])::text[])))
);
CREATE SEQUENCE public.inbox_update_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.inbox_update_id_seq OWNED BY public.inbox_update.id;
CREATE TABLE public.indicator (
    id bigint NOT NULL,
    report_id bigint NOT NULL,
    name character varying NOT NULL,
    value character varying NOT NULL,
    as_of date NOT NULL,
    target_id bigint
);
CREATE SEQUENCE public.indicator_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.indicator_id_seq OWNED BY public.indicator.id;
CREATE TABLE public.installation (
    id integer NOT NULL,
    mode character varying,
    bot_id bigint,
    bot_username character varying,
    created_at timestamp with time zone NOT NULL,
    ticked_at timestamp with time zone,
    webhook_key character varying,
    rival_at timestamp with time zone,
    lost json,
    CONSTRAINT installation_mode CHECK (((mode)::text = ANY ((ARRAY['bot'::character varying, 'sandbox'::character varying])::text[]))),
    CONSTRAINT installation_one CHECK ((id = 1))
);
CREATE TABLE public.invite (
    id bigint NOT NULL,
    token_hash character varying NOT NULL,
    role character varying NOT NULL,
    agency_id bigint,
    created_by bigint,
    created_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    used_at timestamp with time zone,
    used_by bigint,
    CONSTRAINT invite_agency CHECK ((((role)::text = ANY ((ARRAY['officer'::character varying, 'head'::character varying])::text[])) = (agency_id IS NOT NULL))),
    CONSTRAINT invite_role CHECK (((role)::text = ANY ((ARRAY['officer'::character varying, 'head'::character varying, 'secretariat'::character varying, 'viewer'::character varying])::text[]))),
    CONSTRAINT invite_used CHECK (((used_at IS NULL) = (used_by IS NULL)))
);
CREATE SEQUENCE public.invite_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.invite_id_seq OWNED BY public.invite.id;
CREATE TABLE public.lease (
    name character varying NOT NULL,
    owner character varying NOT NULL,
    epoch integer NOT NULL,
    expires_at timestamp with time zone NOT NULL
);
CREATE TABLE public.member (
    id bigint NOT NULL,
    name character varying NOT NULL,
    language character varying,
    created_at timestamp with time zone NOT NULL,
    erased_at timestamp with time zone,
    quiet_from integer,
    quiet_until integer
);
CREATE SEQUENCE public.member_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.member_id_seq OWNED BY public.member.id;
CREATE TABLE public.membership (
    id bigint NOT NULL,
    member_id bigint NOT NULL,
    agency_id bigint,
    role character varying NOT NULL,
    from_at timestamp with time zone NOT NULL,
    until_at timestamp with time zone,
    is_contact boolean DEFAULT false NOT NULL,
    decides boolean DEFAULT false NOT NULL,
    CONSTRAINT membership_agency CHECK ((((role)::text = ANY ((ARRAY['officer'::character varying, 'head'::character varying])::text[])) = (agency_id IS NOT NULL))),
    CONSTRAINT membership_role CHECK (((role)::text = ANY ((ARRAY['officer'::character varying, 'head'::character varying, 'secretariat'::character varying, 'viewer'::character varying])::text[]))),
    CONSTRAINT membership_span CHECK (((until_at IS NULL) OR (until_at >= from_at)))
);
CREATE SEQUENCE public.membership_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.membership_id_seq OWNED BY public.membership.id;
CREATE TABLE public.notice (
    id bigint NOT NULL,
    dedupe_key character varying NOT NULL,
    kind character varying NOT NULL,
    audience character varying NOT NULL,
    agency_id bigint,
    member_id bigint,
    assignment_id bigint,
    report_id bigint,
    plan_no integer,
    step character varying,
    number integer,
    due_at timestamp with time zone NOT NULL,
    data json NOT NULL,
    state character varying NOT NULL,
    reason character varying,
    told_at timestamp with time zone,
    CONSTRAINT notice_audience CHECK (((audience)::text = ANY ((ARRAY['agency'::character varying, 'secretariat'::character varying, 'viewer'::character varying, 'member'::character varying])::text[]))),
    CONSTRAINT notice_state CHECK (((state)::text = ANY ((ARRAY['open'::character varying, 'expired'::character varying])::text[])))
);
CREATE SEQUENCE public.notice_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.notice_id_seq OWNED BY public.notice.id;
CREATE TABLE public.office_settings (
    id integer NOT NULL,
    paused_at timestamp with time zone,
    paused_by bigint,
    weekly_on integer NOT NULL,
    weekly_at character varying NOT NULL,
    next_weekly_at timestamp with time zone,
    plan_key character varying,
    replanned_to bigint,
    seen_at timestamp with time zone,
    heads_decide boolean DEFAULT false NOT NULL,
    pruned_at timestamp with time zone,
    pruned_to bigint,
    CONSTRAINT office_settings_one CHECK ((id = 1)),
    CONSTRAINT office_settings_weekly_on CHECK (((weekly_on >= 0) AND (weekly_on <= 6)))
);
CREATE TABLE public.outbox_cover (
    message_id bigint NOT NULL,
    notice_id bigint NOT NULL,
    address_id bigint
);
CREATE TABLE public.outbox_message (
    id bigint NOT NULL,
    dedupe_key character varying NOT NULL,
    channel character varying NOT NULL,
    address_id bigint,
    agency_id bigint,
    kind character varying NOT NULL,
    text character varying NOT NULL,
    keyboard json,
    status character varying NOT NULL,
    attempts integer NOT NULL,
    not_before timestamp with time zone,
    epoch integer,
    created_at timestamp with time zone NOT NULL,
    sent_at timestamp with time zone,
    message_id bigint,
    error character varying,
    held_until timestamp with time zone,
    batch character varying,
    put_off_at timestamp with time zone,
    language character varying,
    CONSTRAINT outbox_message_address CHECK ((((status)::text <> ALL ((ARRAY['sending'::character varying, 'sent'::character varying])::text[])) OR (address_id IS NOT NULL))),
    CONSTRAINT outbox_message_sent CHECK ((((status)::text = 'sent'::text) = (sent_at IS NOT NULL))),
    CONSTRAINT outbox_message_status CHECK (((status)::text = ANY ((ARRAY['pending'::character varying, 'sending'::character varying, 'sent'::character varying, 'failed'::character varying, 'expired'::character varying])::text[])))
);
CREATE SEQUENCE public.outbox_message_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.outbox_message_id_seq OWNED BY public.outbox_message.id;
CREATE TABLE public.proposal (
    id bigint NOT NULL,
    report_id bigint NOT NULL,
    verdict character varying NOT NULL,
    note character varying,
    proposed_by bigint NOT NULL,
    proposed_at timestamp with time zone NOT NULL,
    days integer,
    CONSTRAINT proposal_verdict CHECK (((verdict)::text = ANY ((ARRAY['accept'::character varying, 'return'::character varying])::text[])))
);
CREATE SEQUENCE public.proposal_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.proposal_id_seq OWNED BY public.proposal.id;
CREATE TABLE public.reminder_policy (
    id bigint NOT NULL,
    document_id bigint,
    task_id bigint,
    ladder json NOT NULL,
    CONSTRAINT reminder_policy_of_one CHECK (((document_id IS NULL) <> (task_id IS NULL)))
);
CREATE SEQUENCE public.reminder_policy_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.reminder_policy_id_seq OWNED BY public.reminder_policy.id;
CREATE TABLE public.report (
    id bigint NOT NULL,
    assignment_id bigint NOT NULL,
    agency_id bigint NOT NULL,
    kind character varying NOT NULL,
    text character varying NOT NULL,
    document_number character varying,
    document_date date,
    submitted_at timestamp with time zone NOT NULL,
    submitted_by bigint,
    entered_by bigint,
    review character varying NOT NULL,
    review_note character varying,
    reviewed_by bigint,
    reviewed_at timestamp with time zone,
    cause character varying,
    difficulties character varying,
    proposals character varying,
    signatory character varying,
    expected_on date,
    arrived_on date,
    entered_at timestamp with time zone,
    pieces json,
    CONSTRAINT report_by_someone CHECK (((submitted_by IS NOT NULL) OR (entered_by IS NOT NULL))),
    CONSTRAINT report_kind CHECK (((kind)::text = ANY ((ARRAY['progress'::character varying, 'completion'::character varying, 'contribution'::character varying])::text[]))),
    CONSTRAINT report_not_own CHECK (((reviewed_by IS NULL) OR (reviewed_by <> submitted_by))),
    CONSTRAINT report_review CHECK (((review)::text = ANY ((ARRAY['pending'::character varying, 'accepted'::character varying, 'returned'::character varying])::text[]))),
    CONSTRAINT report_reviewed CHECK ((((review)::text = 'pending'::text) = (reviewed_at IS NULL)))
);
CREATE SEQUENCE public.report_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.report_id_seq OWNED BY public.report.id;
CREATE TABLE public.report_version (
    id bigint NOT NULL,
    report_id bigint NOT NULL,
    number integer NOT NULL,
    "values" json NOT NULL,
    replaced_at timestamp with time zone NOT NULL,
    replaced_by bigint NOT NULL
);
CREATE SEQUENCE public.report_version_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.report_version_id_seq OWNED BY public.report_version.id;
CREATE TABLE public.running_span (
    id bigint NOT NULL,
    started_at timestamp with time zone NOT NULL,
    seen_at timestamp with time zone NOT NULL
);
CREATE SEQUENCE public.running_span_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.running_span_id_seq OWNED BY public.running_span.id;
CREATE TABLE public.snooze (
    id bigint NOT NULL,
    assignment_id bigint NOT NULL,
    member_id bigint NOT NULL,
    until_at timestamp with time zone NOT NULL,
    notified_at timestamp with time zone
);
CREATE SEQUENCE public.snooze_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.snooze_id_seq OWNED BY public.snooze.id;
CREATE TABLE public.succession (
    id bigint NOT NULL,
    from_agency_id bigint NOT NULL,
    to_agency_id bigint,
    kind character varying NOT NULL,
    old_name character varying,
    effective_on date NOT NULL,
    note character varying,
    new_name character varying,
    applied_at timestamp with time zone,
    CONSTRAINT succession_kind CHECK (((kind)::text = ANY ((ARRAY['renamed'::character varying, 'merged'::character varying, 'split'::character varying, 'ended'::character varying])::text[])))
);
CREATE SEQUENCE public.succession_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.succession_id_seq OWNED BY public.succession.id;
CREATE TABLE public.target (
    id bigint NOT NULL,
    document_id bigint NOT NULL,
    key character varying NOT NULL,
    name character varying NOT NULL,
    value character varying,
    unit character varying,
    by_on date
);
CREATE SEQUENCE public.target_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.target_id_seq OWNED BY public.target.id;
CREATE TABLE public.task (
    id bigint NOT NULL,
    document_id bigint NOT NULL,
    clause character varying NOT NULL,
    clause_label character varying NOT NULL,
    title character varying NOT NULL,
    text character varying NOT NULL,
    deadline_text character varying,
    deadline_kind character varying NOT NULL,
    deadline_confirmed boolean NOT NULL,
    due date,
    "precision" character varying,
    recurrence character varying,
    product character varying,
    person character varying,
    coordinating_text character varying,
    report_to character varying,
    advising_id bigint,
    note character varying,
    loaded json NOT NULL,
    withdrawn_at timestamp with time zone,
    "position" integer DEFAULT 0 NOT NULL,
    candidates json,
    settled_at timestamp with time zone,
    settled_by bigint,
    settled_reason character varying,
    next_period_on date,
    recurs_since date,
    CONSTRAINT task_deadline_kind CHECK (((deadline_kind)::text = ANY ((ARRAY['date'::character varying, 'month'::character varying, 'quarter'::character varying, 'half'::character varying, 'year'::character varying, 'relative'::character varying, 'recurring'::character varying, 'ongoing'::character varying, 'none'::character varying])::text[])))
);
CREATE SEQUENCE public.task_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.task_id_seq OWNED BY public.task.id;
CREATE TABLE public.transfer (
    id bigint NOT NULL,
    assignment_id bigint NOT NULL,
    wanted_agency_id bigint,
    reason character varying NOT NULL,
    requested_by bigint NOT NULL,
    requested_at timestamp with time zone NOT NULL,
    state character varying NOT NULL,
    decided_by bigint,
    decided_at timestamp with time zone,
    note character varying,
    CONSTRAINT transfer_decided CHECK ((((state)::text = 'pending'::text) = (decided_at IS NULL))),
    CONSTRAINT transfer_state CHECK (((state)::text = ANY ((ARRAY['pending'::character varying, 'agreed'::character varying, 'refused'::character varying])::text[])))
);
CREATE SEQUENCE public.transfer_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.transfer_id_seq OWNED BY public.transfer.id;
CREATE TABLE public.wrong_invite (
    id bigint NOT NULL,
    address character varying NOT NULL,
    at timestamp with time zone NOT NULL
);
CREATE SEQUENCE public.wrong_invite_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.wrong_invite_id_seq OWNED BY public.wrong_invite.id;
ALTER TABLE ONLY public.address ALTER COLUMN id SET DEFAULT nextval('public.address_id_seq'::regclass);
ALTER TABLE ONLY public.agency ALTER COLUMN id SET DEFAULT nextval('public.agency_id_seq'::regclass);
ALTER TABLE ONLY public.agency_group ALTER COLUMN id SET DEFAULT nextval('public.agency_group_id_seq'::regclass);
ALTER TABLE ONLY public.assignment ALTER COLUMN id SET DEFAULT nextval('public.assignment_id_seq'::regclass);
ALTER TABLE ONLY public.attachment ALTER COLUMN id SET DEFAULT nextval('public.attachment_id_seq'::regclass);
ALTER TABLE ONLY public.cover ALTER COLUMN id SET DEFAULT nextval('public.cover_id_seq'::regclass);
ALTER TABLE ONLY public.deadline_change ALTER COLUMN id SET DEFAULT nextval('public.deadline_change_id_seq'::regclass);
ALTER TABLE ONLY public.dialogue_state ALTER COLUMN id SET DEFAULT nextval('public.dialogue_state_id_seq'::regclass);
ALTER TABLE ONLY public.document ALTER COLUMN id SET DEFAULT nextval('public.document_id_seq'::regclass);
ALTER TABLE ONLY public.event ALTER COLUMN id SET DEFAULT nextval('public.event_id_seq'::regclass);
ALTER TABLE ONLY public.extension ALTER COLUMN id SET DEFAULT nextval('public.extension_id_seq'::regclass);
ALTER TABLE ONLY public.group_binding ALTER COLUMN id SET DEFAULT nextval('public.group_binding_id_seq'::regclass);
ALTER TABLE ONLY public.inbox_update ALTER COLUMN id SET DEFAULT nextval('public.inbox_update_id_seq'::regclass);
ALTER TABLE ONLY public.indicator ALTER COLUMN id SET DEFAULT nextval('public.indicator_id_seq'::regclass);
ALTER TABLE ONLY public.invite ALTER COLUMN id SET DEFAULT nextval('public.invite_id_seq'::regclass);
ALTER TABLE ONLY public.member ALTER COLUMN id SET DEFAULT nextval('public.member_id_seq'::regclass);
ALTER TABLE ONLY public.membership ALTER COLUMN id SET DEFAULT nextval('public.membership_id_seq'::regclass);
ALTER TABLE ONLY public.notice ALTER COLUMN id SET DEFAULT nextval('public.notice_id_seq'::regclass);
ALTER TABLE ONLY public.outbox_message ALTER COLUMN id SET DEFAULT nextval('public.outbox_message_id_seq'::regclass);
ALTER TABLE ONLY public.proposal ALTER COLUMN id SET DEFAULT nextval('public.proposal_id_seq'::regclass);
ALTER TABLE ONLY public.reminder_policy ALTER COLUMN id SET DEFAULT nextval('public.reminder_policy_id_seq'::regclass);
ALTER TABLE ONLY public.report ALTER COLUMN id SET DEFAULT nextval('public.report_id_seq'::regclass);
ALTER TABLE ONLY public.report_version ALTER COLUMN id SET DEFAULT nextval('public.report_version_id_seq'::regclass);
ALTER TABLE ONLY public.running_span ALTER COLUMN id SET DEFAULT nextval('public.running_span_id_seq'::regclass);
ALTER TABLE ONLY public.snooze ALTER COLUMN id SET DEFAULT nextval('public.snooze_id_seq'::regclass);
ALTER TABLE ONLY public.succession ALTER COLUMN id SET DEFAULT nextval('public.succession_id_seq'::regclass);
ALTER TABLE ONLY public.target ALTER COLUMN id SET DEFAULT nextval('public.target_id_seq'::regclass);
ALTER TABLE ONLY public.task ALTER COLUMN id SET DEFAULT nextval('public.task_id_seq'::regclass);
ALTER TABLE ONLY public.transfer ALTER COLUMN id SET DEFAULT nextval('public.transfer_id_seq'::regclass);
ALTER TABLE ONLY public.wrong_invite ALTER COLUMN id SET DEFAULT nextval('public.wrong_invite_id_seq'::regclass);
INSERT INTO public.address VALUES (1, 'telegram', '201', 'private', 1, NULL, true, NULL, NULL, NULL);
INSERT INTO public.address VALUES (2, 'telegram', '101', 'private', 2, NULL, true, NULL, NULL, NULL);
INSERT INTO public.address VALUES (3, 'telegram', '202', 'private', 3, NULL, true, NULL, NULL, NULL);
INSERT INTO public.address VALUES (90, 'telegram', '-1002000000001', 'group', NULL, NULL, true, NULL, NULL, NULL);
INSERT INTO public.agency VALUES (1, 'ban-thuong-vu-tinh-uy', 'Ban Thường vụ Tỉnh ủy', '["BTV T\u1ec9nh \u1ee7y", "BTVTU", "Th\u01b0\u1eddng v\u1ee5 T\u1ec9nh \u1ee7y"]', true, NULL, '{"lai-chau-20-nq-tw": {"name": "Ban Th\u01b0\u1eddng v\u1ee5 T\u1ec9nh \u1ee7y", "aliases": ["BTV T\u1ec9nh \u1ee7y", "BTVTU", "Th\u01b0\u1eddng v\u1ee5 T\u1ec9nh \u1ee7y"], "confirmed": true, "note": null}}', NULL, NULL, false);
INSERT INTO public.agency VALUES (2, 'van-phong-tinh-uy', 'Văn phòng Tỉnh ủy', '["VPTU", "VP T\u1ec9nh \u1ee7y"]', true, NULL, '{"lai-chau-20-nq-tw": {"name": "V\u0103n ph\u00f2ng T\u1ec9nh \u1ee7y", "aliases": ["VPTU", "VP T\u1ec9nh \u1ee7y"], "confirmed": true, "note": null}}', NULL, NULL, false);
INSERT INTO public.agency VALUES (3, 'ban-to-chuc', 'Ban Tổ chức Tỉnh ủy', '["BTCTU", "Ban T\u1ed5 ch\u1ee9c", "BTC T\u1ec9nh \u1ee7y"]', true, NULL, '{"lai-chau-20-nq-tw": {"name": "Ban T\u1ed5 ch\u1ee9c T\u1ec9nh \u1ee7y", "aliases": ["BTCTU", "Ban T\u1ed5 ch\u1ee9c", "BTC T\u1ec9nh \u1ee7y"], "confirmed": true, "note": null}}', NULL, NULL, false);
INSERT INTO public.agency VALUES (4, 'ban-tuyen-giao', 'Ban Tuyên giáo Tỉnh ủy', '["BTGTU", "Ban Tuy\u00ean gi\u00e1o", "BTG T\u1ec9nh \u1ee7y"]', true, NULL, '{"lai-chau-20-nq-tw": {"name": "Ban Tuy\u00ean gi\u00e1o T\u1ec9nh \u1ee7y", "aliases": ["BTGTU", "Ban Tuy\u00ean gi\u00e1o", "BTG T\u1ec9nh \u1ee7y"], "confirmed": true, "note": null}}', NULL, NULL, false);
INSERT INTO public.agency VALUES (5, 'bcsd-ubnd-tinh', 'Ban cán sự đảng UBND tỉnh', '["BCS\u0110 UBND t\u1ec9nh", "Ban c\u00e1n s\u1ef1 \u0111\u1ea3ng \u1ee6y ban nh\u00e2n d\u00e2n t\u1ec9nh"]', true, NULL, '{"lai-chau-20-nq-tw": {"name": "Ban c\u00e1n s\u1ef1 \u0111\u1ea3ng UBND t\u1ec9nh", "aliases": ["BCS\u0110 UBND t\u1ec9nh", "Ban c\u00e1n s\u1ef1 \u0111\u1ea3ng \u1ee6y ban nh\u00e2n d\u00e2n t\u1ec9nh"], "confirmed": true, "note": null}}', NULL, NULL, false);
INSERT INTO public.agency VALUES (6, 'hu-muong-te', 'Huyện ủy Mường Tè', '["HU M\u01b0\u1eddng T\u00e8"]', true, NULL, '{"lai-chau-20-nq-tw": {"name": "Huy\u1ec7n \u1ee7y M\u01b0\u1eddng T\u00e8", "aliases": ["HU M\u01b0\u1eddng T\u00e8"], "confirmed": true, "note": null}}', NULL, NULL, false);
INSERT INTO public.agency_group VALUES (1, 'cac-ban', 'các ban');
INSERT INTO public.agency_group_member VALUES (1, 1);
INSERT INTO public.alembic_version VALUES ('0005');
INSERT INTO public.assignment VALUES (5, 3, 5, 'lead', '', 'not_started', NULL, NULL, NULL, 0, '2023-04-24 02:00:00+00', NULL, '2023-05-15 01:00:00+00', NULL, NULL, NULL, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.assignment VALUES (6, 4, 4, 'lead', '', 'not_started', NULL, NULL, NULL, 0, '2023-04-24 02:00:00+00', NULL, '2023-05-15 01:00:00+00', NULL, NULL, NULL, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.assignment VALUES (1, 1, 1, 'lead', '', 'not_started', NULL, NULL, NULL, 0, '2023-04-24 02:00:00+00', '2023-06-15 01:00:00+00', '2023-05-15 01:00:00+00', NULL, NULL, NULL, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.assignment VALUES (2, 2, 6, 'lead', '', 'completed', '2023-05-31', '2023-05-31', NULL, 4, '2023-04-24 02:00:00+00', NULL, '2023-05-24 01:00:00+00', '2023-05-24 01:00:00+00', 1, '2023-05-24 01:00:00+00', '2023-05-24 01:00:00+00', 6, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.assignment VALUES (3, 2, 4, 'lead', '', 'not_started', '2023-05-31', '2023-05-31', NULL, 0, '2023-04-24 02:00:00+00', '2023-06-07 01:00:00+00', '2023-06-05 01:00:00+00', NULL, NULL, NULL, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.assignment VALUES (4, 2, 3, 'lead', '', 'not_started', '2023-05-31', '2023-05-31', NULL, 0, '2023-04-24 02:00:00+00', '2023-06-07 01:00:00+00', '2023-06-05 01:00:00+00', NULL, NULL, NULL, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.attachment VALUES (1, 1, 1, '../kế hoạch “số 12”.docx', NULL, 8589934592, 'BQAC', NULL, 'stored', 'abababababababababababababababababababababababababababababababab', 0, NULL, NULL, '2023-05-24 01:02:03.456789+00', NULL);
INSERT INTO public.cover VALUES (1, 1, 3, 1, '2023-06-01', '2023-06-09');
INSERT INTO public.deadline_change VALUES (1, 1, NULL, '2023-06-30', 'gia hạn', NULL, '2023-05-24 01:02:03.456789+00');
INSERT INTO public.dialogue_state VALUES (1, '201', 1, 'report', 'a1b2', '{"text": ["\u0110ang vi\u1ebft d\u1edf"], "assignment": 1}', '2023-05-24 01:02:03.456789+00');
INSERT INTO public.document VALUES (1, 'lai-chau-20-nq-tw', 'Chương trình hành động của Tỉnh ủy thực hiện Nghị quyết số 20-NQ/TW', 'Tỉnh ủy Lai Châu', NULL, NULL, '{"office": "V\u0103n ph\u00f2ng Huy\u1ec7n \u1ee7y M\u01b0\u1eddng T\u00e8", "number": "2966", "on": "2023-04-24"}', 'Phó Bí thư Lê Văn Lương', NULL, NULL, '{"title": "Ch\u01b0\u01a1ng tr\u00ecnh h\u00e0nh \u0111\u1ed9ng c\u1ee7a T\u1ec9nh \u1ee7y th\u1ef1c hi\u1ec7n Ngh\u1ecb quy\u1ebft s\u1ed1 20-NQ/TW", "issuer": "T\u1ec9nh \u1ee7y Lai Ch\u00e2u", "number": null, "issued_on": null, "received": {"office": "V\u0103n ph\u00f2ng Huy\u1ec7n \u1ee7y M\u01b0\u1eddng T\u00e8", "number": "2966", "on": "2023-04-24"}, "signed_by": "Ph\u00f3 B\u00ed th\u01b0 L\u00ea V\u0103n L\u01b0\u01a1ng", "file": null, "groups": {}}', 'none', '2023-04-24 02:00:00+00', NULL, NULL, NULL);
INSERT INTO public.event VALUES (1, '2023-04-24 02:00:00+00', NULL, 'system', 'assigned', 1, 1, 1, NULL, '{"role": "lead", "due": null}', NULL);
INSERT INTO public.event VALUES (2, '2023-04-24 02:00:00+00', NULL, 'system', 'assigned', 1, 2, 6, NULL, '{"role": "lead", "due": "2023-05-31"}', NULL);
INSERT INTO public.event VALUES (3, '2023-04-24 02:00:00+00', NULL, 'system', 'assigned', 1, 3, 4, NULL, '{"role": "lead", "due": "2023-05-31"}', NULL);
INSERT INTO public.event VALUES (4, '2023-04-24 02:00:00+00', NULL, 'system', 'assigned', 1, 4, 3, NULL, '{"role": "lead", "due": "2023-05-31"}', NULL);
INSERT INTO public.event VALUES (5, '2023-04-24 02:00:00+00', NULL, 'system', 'assigned', 1, 5, 5, NULL, '{"role": "lead", "due": null}', NULL);
INSERT INTO public.event VALUES (6, '2023-04-24 02:00:00+00', NULL, 'system', 'assigned', 1, 6, 4, NULL, '{"role": "lead", "due": null}', NULL);
INSERT INTO public.event VALUES (7, '2023-04-24 02:00:00+00', NULL, 'system', 'loaded', 1, NULL, NULL, NULL, '{"created": 4, "updated": 0, "unchanged": 0, "withdrawn": 0, "assignments": 6, "forced": false}', NULL);
INSERT INTO public.event VALUES (8, '2023-04-24 02:00:00+00', NULL, 'system', 'invited', NULL, NULL, 6, NULL, '{"role": "officer"}', NULL);
INSERT INTO public.event VALUES (9, '2023-04-24 02:00:00+00', 1, 'member:1', 'joined', NULL, NULL, 6, NULL, '{"role": "officer"}', NULL);
INSERT INTO public.event VALUES (10, '2023-04-24 02:00:00+00', NULL, 'system', 'invited', NULL, NULL, NULL, NULL, '{"role": "secretariat"}', NULL);
INSERT INTO public.event VALUES (11, '2023-04-24 02:00:00+00', 2, 'member:2', 'joined', NULL, NULL, NULL, NULL, '{"role": "secretariat"}', NULL);
INSERT INTO public.event VALUES (12, '2023-04-24 02:00:00+00', NULL, 'system', 'invited', NULL, NULL, 4, NULL, '{"role": "officer"}', NULL);
INSERT INTO public.event VALUES (13, '2023-04-24 02:00:00+00', 3, 'member:3', 'joined', NULL, NULL, 4, NULL, '{"role": "officer"}', NULL);
INSERT INTO public.event VALUES (14, '2023-05-24 01:00:00+00', 1, 'member:1', 'acknowledged', NULL, 2, 6, NULL, NULL, NULL);
INSERT INTO public.event VALUES (15, '2023-05-24 01:00:00+00', 1, 'member:1', 'reported_progress', NULL, 2, 6, '{"complete_by": null, "grace_until": null, "status": "not_started", "submitted_at": null, "completed_at": null}', '{"complete_by": null, "grace_until": null, "status": "in_progress", "submitted_at": null, "completed_at": null, "report": 1, "entered": false}', NULL);
INSERT INTO public.event VALUES (16, '2023-05-24 01:00:00+00', 1, 'member:1', 'reported_completion', NULL, 2, 6, '{"complete_by": null, "grace_until": null, "status": "in_progress", "submitted_at": null, "completed_at": null}', '{"complete_by": null, "grace_until": null, "status": "awaiting_confirmation", "submitted_at": "2023-05-24T01:00:00+00:00", "completed_at": null, "report": 2, "entered": false}', NULL);
INSERT INTO public.event VALUES (17, '2023-05-24 01:00:00+00', 2, 'member:2', 'returned', NULL, 2, 6, '{"complete_by": null, "grace_until": null, "status": "awaiting_confirmation", "submitted_at": "2023-05-24T01:00:00+00:00", "completed_at": null}', '{"complete_by": null, "grace_until": null, "status": "in_progress", "submitted_at": null, "completed_at": null, "report": 2, "reason": "Thi\u1ebfu ph\u1ee5 l\u1ee5c"}', NULL);
INSERT INTO public.event VALUES (18, '2023-05-24 01:00:00+00', 1, 'member:1', 'reported_completion', NULL, 2, 6, '{"complete_by": null, "grace_until": null, "status": "in_progress", "submitted_at": null, "completed_at": null}', '{"complete_by": null, "grace_until": null, "status": "awaiting_confirmation", "submitted_at": "2023-05-24T01:00:00+00:00", "completed_at": null, "report": 3, "entered": false}', NULL);
INSERT INTO public.event VALUES (19, '2023-05-24 01:00:00+00', 2, 'member:2', 'accepted', NULL, 2, 6, '{"complete_by": null, "grace_until": null, "status": "awaiting_confirmation", "submitted_at": "2023-05-24T01:00:00+00:00", "completed_at": null}', '{"complete_by": null, "grace_until": null, "status": "completed", "submitted_at": "2023-05-24T01:00:00+00:00", "completed_at": "2023-05-24T01:00:00+00:00", "report": 3, "reason": null}', NULL);
INSERT INTO public.event VALUES (20, '2023-05-24 01:00:00+00', 3, 'member:3', 'extension_requested', NULL, 3, 4, '{"due": "2023-05-31"}', '{"due": "2023-06-15", "extension": 1, "reason": "Ch\u1edd h\u01b0\u1edbng d\u1eabn c\u1ee7a c\u1ea5p tr\u00ean"}', NULL);
INSERT INTO public.event VALUES (21, '2023-05-24 01:00:00+00', NULL, 'system', 'invited', NULL, NULL, NULL, NULL, '{"role": "viewer"}', NULL);
INSERT INTO public.extension VALUES (1, 3, 3, '2023-05-24 01:00:00+00', '15/6/2023', '2023-06-15', 'Chờ hướng dẫn của cấp trên', 'pending', NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.group_binding VALUES (1, 90, 1, 1, '2023-05-24 01:02:03.456789+00', true);
INSERT INTO public.holiday VALUES ('2026-01-02', 'off', 'Nghỉ bù');
INSERT INTO public.inbox_update VALUES (1, 7000000000, 8589934592, '{"update_id": 8589934592, "message": {"text": "\"xong\"\n…"}}', 'done', 0, '2023-05-24 01:02:03.456789+00', '2023-05-24 01:02:03.456789+00', '2023-05-24 01:02:03.456789+00', '[{"toast": "\u0110\u00e3 ghi nh\u1eadn", "alert": false}]', NULL, NULL);
INSERT INTO public.indicator VALUES (1, 1, 'Chi bộ', '12,5 %', '2023-05-24', NULL);
INSERT INTO public.installation VALUES (1, 'bot', 7000000000, 'don_doc_bot', '2023-05-24 01:02:03.456789+00', NULL, NULL, NULL, NULL);
INSERT INTO public.invite VALUES (1, '117ce7170e322a7ff619a60c552339428938c1b957eeb18f81964b23e23fb3e4', 'officer', 6, NULL, '2023-04-24 02:00:00+00', '2023-05-01 02:00:00+00', '2023-04-24 02:00:00+00', 1);
INSERT INTO public.invite VALUES (2, '60f4770c1d5dac338d81c03d1a10cdc22009e0044c2a80cb17c7e2abc93a78a0', 'secretariat', NULL, NULL, '2023-04-24 02:00:00+00', '2023-05-01 02:00:00+00', '2023-04-24 02:00:00+00', 2);
INSERT INTO public.invite VALUES (3, 'a0eddd2e069e9c6dd3d9acdf8215cdb2114526907872820e13cf3857495710a7', 'officer', 4, NULL, '2023-04-24 02:00:00+00', '2023-05-01 02:00:00+00', '2023-04-24 02:00:00+00', 3);
INSERT INTO public.invite VALUES (4, '1874ae38b0ec19ee93bc771ab2a9614ebb93782107b5cb0f00e598f8b8b012ae', 'viewer', NULL, NULL, '2023-05-24 01:00:00+00', '2023-05-31 01:00:00+00', NULL, NULL);
INSERT INTO public.lease VALUES ('sender', 'may-chu:1', 4, '2023-05-24 01:02:03.456789+00');
INSERT INTO public.member VALUES (1, 'Binh', NULL, '2023-04-24 02:00:00+00', NULL, NULL, NULL);
INSERT INTO public.member VALUES (2, 'An', NULL, '2023-04-24 02:00:00+00', NULL, NULL, NULL);
INSERT INTO public.member VALUES (3, 'Dung', NULL, '2023-04-24 02:00:00+00', NULL, NULL, NULL);
INSERT INTO public.membership VALUES (1, 1, 6, 'officer', '2023-04-24 02:00:00+00', NULL, false, false);
INSERT INTO public.membership VALUES (2, 2, NULL, 'secretariat', '2023-04-24 02:00:00+00', NULL, false, false);
INSERT INTO public.membership VALUES (3, 3, 4, 'officer', '2023-04-24 02:00:00+00', NULL, false, false);
INSERT INTO public.notice VALUES (1, 'open_deadlines:1:1', 'open_deadlines', 'secretariat', NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2023-04-24 02:00:00+00', '{"document_id": 1}', 'open', NULL, NULL);
INSERT INTO public.notice VALUES (2, 'assignment:1:0', 'assignment', 'agency', 2, NULL, 1, NULL, 0, NULL, NULL, '2023-04-24 02:00:00+00', '{}', 'open', NULL, NULL);
INSERT INTO public.notice VALUES (3, 'assignment:2:0', 'assignment', 'agency', 6, NULL, 2, NULL, 0, NULL, NULL, '2023-04-24 02:00:00+00', '{}', 'open', NULL, NULL);
INSERT INTO public.notice VALUES (4, 'assignment:3:0', 'assignment', 'agency', 4, NULL, 3, NULL, 0, NULL, NULL, '2023-04-24 02:00:00+00', '{}', 'open', NULL, NULL);
INSERT INTO public.notice VALUES (5, 'assignment:4:0', 'assignment', 'agency', 3, NULL, 4, NULL, 0, NULL, NULL, '2023-04-24 02:00:00+00', '{}', 'open', NULL, NULL);
INSERT INTO public.notice VALUES (6, 'assignment:5:0', 'assignment', 'agency', 5, NULL, 5, NULL, 0, NULL, NULL, '2023-04-24 02:00:00+00', '{}', 'open', NULL, NULL);
INSERT INTO public.notice VALUES (7, 'assignment:6:0', 'assignment', 'agency', 4, NULL, 6, NULL, 0, NULL, NULL, '2023-04-24 02:00:00+00', '{}', 'open', NULL, NULL);
INSERT INTO public.notice VALUES (8, 'acknowledge:2::0:acknowledge', 'acknowledge', 'agency', 6, NULL, 2, NULL, 0, 'acknowledge', NULL, '2023-05-15 01:00:00+00', '{}', 'open', NULL, NULL);
INSERT INTO public.notice VALUES (9, 'acknowledge:3::0:acknowledge', 'acknowledge', 'agency', 4, NULL, 3, NULL, 0, 'acknowledge', NULL, '2023-05-15 01:00:00+00', '{}', 'open', NULL, NULL);
INSERT INTO public.notice VALUES (10, 'acknowledge:4::0:acknowledge', 'acknowledge', 'agency', 3, NULL, 4, NULL, 0, 'acknowledge', NULL, '2023-05-15 01:00:00+00', '{}', 'open', NULL, NULL);
INSERT INTO public.notice VALUES (11, 'acknowledge:5::0:acknowledge', 'acknowledge', 'agency', 5, NULL, 5, NULL, 0, 'acknowledge', NULL, '2023-05-15 01:00:00+00', '{}', 'open', NULL, NULL);
INSERT INTO public.notice VALUES (12, 'acknowledge:6::0:acknowledge', 'acknowledge', 'agency', 4, NULL, 6, NULL, 0, 'acknowledge', NULL, '2023-05-15 01:00:00+00', '{}', 'open', NULL, NULL);
INSERT INTO public.notice VALUES (13, 'acknowledge:1::0:acknowledge', 'acknowledge', 'agency', 2, NULL, 1, NULL, 0, 'acknowledge', NULL, '2023-05-15 01:00:00+00', '{}', 'open', NULL, NULL);
INSERT INTO public.notice VALUES (14, 'unacknowledged:2023-05-15', 'unacknowledged', 'secretariat', NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2023-05-15 01:00:00+00', '{}', 'open', NULL, NULL);
INSERT INTO public.notice VALUES (15, 'unreachable:2023-W20', 'unreachable', 'secretariat', NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2023-05-15 01:00:00+00', '{}', 'open', NULL, NULL);
INSERT INTO public.notice VALUES (18, 'reminder:4::0:before-5', 'reminder', 'agency', 3, NULL, 4, NULL, 0, 'before-5', NULL, '2023-05-24 01:00:00+00', '{}', 'open', NULL, NULL);
INSERT INTO public.notice VALUES (19, 'unreachable:2023-W21', 'unreachable', 'secretariat', NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2023-05-24 01:00:00+00', '{}', 'open', NULL, NULL);
INSERT INTO public.notice VALUES (20, 'weekly:20230519T0800', 'weekly', 'secretariat', NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2023-05-24 01:00:00+00', '{"at": "2023-05-19T08:00:00+00:00"}', 'open', NULL, NULL);
INSERT INTO public.notice VALUES (16, 'reminder:2::0:before-5', 'reminder', 'agency', 6, NULL, 2, NULL, 0, 'before-5', 1, '2023-05-24 01:00:00+00', '{}', 'open', NULL, NULL);
INSERT INTO public.notice VALUES (17, 'reminder:3::0:before-5', 'reminder', 'agency', 4, NULL, 3, NULL, 0, 'before-5', 1, '2023-05-24 01:00:00+00', '{}', 'open', NULL, NULL);
INSERT INTO public.notice VALUES (21, 'receipt:1', 'receipt', 'member', 6, 1, 2, 1, NULL, NULL, NULL, '2023-05-24 01:00:00+00', '{}', 'open', NULL, NULL);
INSERT INTO public.notice VALUES (22, 'submitted:1', 'submitted', 'secretariat', NULL, NULL, 2, 1, NULL, NULL, NULL, '2023-05-24 01:00:00+00', '{}', 'open', NULL, NULL);
INSERT INTO public.notice VALUES (23, 'receipt:2', 'receipt', 'member', 6, 1, 2, 2, NULL, NULL, NULL, '2023-05-24 01:00:00+00', '{}', 'open', NULL, NULL);
INSERT INTO public.notice VALUES (25, 'returned:2:4', 'returned', 'agency', 6, NULL, 2, 2, NULL, NULL, NULL, '2023-05-24 01:00:00+00', '{}', 'open', NULL, NULL);
INSERT INTO public.notice VALUES (26, 'receipt:3', 'receipt', 'member', 6, 1, 2, 3, NULL, NULL, NULL, '2023-05-24 01:00:00+00', '{}', 'open', NULL, NULL);
INSERT INTO public.notice VALUES (28, 'accepted:3:6', 'accepted', 'agency', 6, NULL, 2, 3, NULL, NULL, NULL, '2023-05-24 01:00:00+00', '{}', 'open', NULL, NULL);
INSERT INTO public.notice VALUES (29, 'extension_requested:1', 'extension_requested', 'secretariat', NULL, NULL, 3, NULL, NULL, NULL, NULL, '2023-05-24 01:00:00+00', '{"extension_id": 1, "due": "2023-05-31"}', 'open', NULL, NULL);
INSERT INTO public.notice VALUES (24, 'submitted:2', 'submitted', 'secretariat', NULL, NULL, 2, 2, NULL, NULL, NULL, '2023-05-24 01:00:00+00', '{}', 'expired', 'không còn cần gửi: nhiệm vụ đã được xác nhận hoàn thành', NULL);
INSERT INTO public.notice VALUES (27, 'submitted:3', 'submitted', 'secretariat', NULL, NULL, 2, 3, NULL, NULL, NULL, '2023-05-24 01:00:00+00', '{}', 'expired', 'không còn cần gửi: nhiệm vụ đã được xác nhận hoàn thành', NULL);
INSERT INTO public.notice VALUES (30, 'reminder:3::0:after-2', 'reminder', 'agency', 4, NULL, 3, NULL, 0, 'after-2', NULL, '2023-06-05 01:00:00+00', '{}', 'open', NULL, NULL);
INSERT INTO public.notice VALUES (31, 'reminder:4::0:after-2', 'reminder', 'agency', 3, NULL, 4, NULL, 0, 'after-2', NULL, '2023-06-05 01:00:00+00', '{}', 'open', NULL, NULL);
INSERT INTO public.notice VALUES (32, 'unreachable:2023-W23', 'unreachable', 'secretariat', NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2023-06-05 01:00:00+00', '{}', 'open', NULL, NULL);
INSERT INTO public.notice VALUES (33, 'weekly:20230602T0800', 'weekly', 'secretariat', NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2023-06-05 01:00:00+00', '{"at": "2023-06-02T08:00:00+00:00"}', 'open', NULL, NULL);
INSERT INTO public.office_settings VALUES (1, NULL, NULL, 4, '15:00', '2023-06-09 08:00:00+00', '4ec1c4426ed75ba3', NULL, '2023-06-05 01:00:00+00', false, '2023-06-05 01:00:00+00', NULL);
INSERT INTO public.outbox_cover VALUES (6, 1, 2);
INSERT INTO public.outbox_cover VALUES (9, 14, 2);
INSERT INTO public.outbox_cover VALUES (10, 8, 1);
INSERT INTO public.outbox_cover VALUES (11, 9, 3);
INSERT INTO public.outbox_cover VALUES (11, 12, 3);
INSERT INTO public.outbox_cover VALUES (13, 11, NULL);
INSERT INTO public.outbox_cover VALUES (14, 13, NULL);
INSERT INTO public.outbox_cover VALUES (15, 15, 2);
INSERT INTO public.outbox_cover VALUES (16, 16, 1);
INSERT INTO public.outbox_cover VALUES (17, 17, 3);
INSERT INTO public.outbox_cover VALUES (19, 19, 2);
INSERT INTO public.outbox_cover VALUES (20, 20, 2);
INSERT INTO public.outbox_cover VALUES (21, 21, 1);
INSERT INTO public.outbox_cover VALUES (22, 22, 2);
INSERT INTO public.outbox_cover VALUES (23, 23, 1);
INSERT INTO public.outbox_cover VALUES (24, 24, 2);
INSERT INTO public.outbox_cover VALUES (25, 25, 1);
INSERT INTO public.outbox_cover VALUES (26, 26, 1);
INSERT INTO public.outbox_cover VALUES (27, 27, 2);
INSERT INTO public.outbox_cover VALUES (28, 28, 1);
INSERT INTO public.outbox_cover VALUES (29, 29, 2);
INSERT INTO public.outbox_cover VALUES (30, 30, 3);
INSERT INTO public.outbox_cover VALUES (31, 31, NULL);
INSERT INTO public.outbox_cover VALUES (32, 32, 2);
INSERT INTO public.outbox_cover VALUES (33, 33, 2);
INSERT INTO public.outbox_message VALUES (2, 'assignment:2:0@-', 'telegram', NULL, 6, 'assignment', '📌 <b>Giao nhiệm vụ</b>
<b>Mục IV, điểm 2 (ban hành Kế hoạch)</b>: Ban hành Kế hoạch triển khai thực hiện
Cơ quan chủ trì: Huyện ủy Mường Tè
Văn bản: Chương trình hành động của Tỉnh ủy thực hiện Nghị quyết số 20-NQ/TW
Thời hạn: <b>31/5/2023</b> – văn bản ghi “hoàn thành trong tháng 5/2023” (còn 37 ngày)
Sản phẩm: Kế hoạch
Đề nghị đồng chí bấm “Đã nhận nhiệm vụ” để Văn phòng Tỉnh ủy biết cơ quan đã tiếp nhận.', '[[{"text": "\u2705 \u0110\u00e3 nh\u1eadn nhi\u1ec7m v\u1ee5", "data": "ack:2"}], [{"text": "\ud83d\udcdd B\u00e1o c\u00e1o ti\u1ebfn \u0111\u1ed9", "data": "rep:2:p"}, {"text": "\ud83c\udfc1 B\u00e1o c\u00e1o ho\u00e0n th\u00e0nh", "data": "rep:2:c"}], [{"text": "\ud83d\uddd3 \u0110\u1ec1 ngh\u1ecb gia h\u1ea1n", "data": "ext:2"}, {"text": "\u23f0 Nh\u1eafc l\u1ea1i sau", "data": "snz:2"}], [{"text": "\ud83d\udd0e Xem nhi\u1ec7m v\u1ee5", "data": "view:2"}]]', 'expired', 0, NULL, NULL, '2023-04-24 02:00:00+00', NULL, NULL, 'gộp vào tin nhắn sau', NULL, NULL, NULL, 'vi');
INSERT INTO public.outbox_message VALUES (3, 'digest:b7305d41f534e57b@-', 'telegram', NULL, 4, 'digest', '📌 <b>Giao nhiệm vụ: 2 nhiệm vụ</b>
Cơ quan: Ban Tuyên giáo Tỉnh ủy
Văn bản: Chương trình hành động của Tỉnh ủy thực hiện Nghị quyết số 20-NQ/TW
1. <b>Giao nhiệm vụ</b>
<b>Mục IV, điểm 2 (ban hành Kế hoạch)</b>: Ban hành Kế hoạch triển khai thực hiện
Thời hạn: <b>31/5/2023</b> – văn bản ghi “hoàn thành trong tháng 5/2023” (còn 37 ngày)
2. <b>Giao nhiệm vụ</b>
<b>Mục IV, điểm 5</b>: Hướng dẫn công tác tuyên truyền, quán triệt
Thời hạn: chưa ấn định
Bấm “Xem nhiệm vụ” để báo cáo từng nhiệm vụ.', '[[{"text": "\u2705 \u0110\u00e3 nh\u1eadn nhi\u1ec7m v\u1ee5 (2)", "data": "ack:3-6"}], [{"text": "\ud83d\udd0e Xem nhi\u1ec7m v\u1ee5 1", "data": "view:3"}, {"text": "\ud83d\udd0e Xem nhi\u1ec7m v\u1ee5 2", "data": "view:6"}], [{"text": "\ud83d\udccb Nhi\u1ec7m v\u1ee5 c\u1ee7a c\u01a1 quan", "data": "tasks:0:0"}]]', 'expired', 0, NULL, NULL, '2023-04-24 02:00:00+00', NULL, NULL, 'gộp vào tin nhắn sau', NULL, NULL, NULL, 'vi');
INSERT INTO public.outbox_message VALUES (1, 'assignment:1:0@-', 'telegram', NULL, 2, 'assignment', '📌 <b>Giao nhiệm vụ</b>
<b>Mục IV, điểm 1</b>: Lãnh đạo, chỉ đạo, thường xuyên kiểm tra, giám sát việc triển khai thực hiện
Cơ quan chủ trì: Ban Thường vụ Tỉnh ủy
Văn bản: Chương trình hành động của Tỉnh ủy thực hiện Nghị quyết số 20-NQ/TW
Thời hạn: thường xuyên
Đề nghị đồng chí bấm “Đã nhận nhiệm vụ” để Văn phòng Tỉnh ủy biết cơ quan đã tiếp nhận.', '[[{"text": "\u2705 \u0110\u00e3 nh\u1eadn nhi\u1ec7m v\u1ee5", "data": "ack:1"}], [{"text": "\ud83d\udcdd B\u00e1o c\u00e1o ti\u1ebfn \u0111\u1ed9", "data": "rep:1:p"}, {"text": "\ud83c\udfc1 B\u00e1o c\u00e1o ho\u00e0n th\u00e0nh", "data": "rep:1:c"}], [{"text": "\ud83d\udd0e Xem nhi\u1ec7m v\u1ee5", "data": "view:1"}]]', 'expired', 0, NULL, NULL, '2023-04-24 02:00:00+00', NULL, NULL, 'gộp vào tin nhắn sau', NULL, NULL, NULL, 'vi');
INSERT INTO public.outbox_message VALUES (6, 'open_deadlines:1:1@-', 'telegram', 2, NULL, 'open_deadlines', '🗓 <b>Đề nghị ấn định thời hạn</b>
Văn bản: Chương trình hành động của Tỉnh ủy thực hiện Nghị quyết số 20-NQ/TW
2 nhiệm vụ chưa ấn định thời hạn.', '[[{"text": "\ud83d\uddd3 Ch\u01b0a \u1ea5n \u0111\u1ecbnh th\u1eddi h\u1ea1n (2)", "data": "undl:0"}]]', 'sent', 1, NULL, 1, '2023-04-24 02:00:00+00', '2023-05-15 01:00:00+00', 1006, NULL, NULL, NULL, NULL, 'vi');
INSERT INTO public.outbox_message VALUES (7, 'assignment:2:0@1', 'telegram', 1, 6, 'assignment', '📌 <b>Giao nhiệm vụ</b>
<b>Mục IV, điểm 2 (ban hành Kế hoạch)</b>: Ban hành Kế hoạch triển khai thực hiện
Cơ quan chủ trì: Huyện ủy Mường Tè
Văn bản: Chương trình hành động của Tỉnh ủy thực hiện Nghị quyết số 20-NQ/TW
Thời hạn: <b>31/5/2023</b> – văn bản ghi “hoàn thành trong tháng 5/2023” (còn 37 ngày)
Sản phẩm: Kế hoạch
Đề nghị đồng chí bấm “Đã nhận nhiệm vụ” để Văn phòng Tỉnh ủy biết cơ quan đã tiếp nhận.', '[[{"text": "\u2705 \u0110\u00e3 nh\u1eadn nhi\u1ec7m v\u1ee5", "data": "ack:2"}], [{"text": "\ud83d\udcdd B\u00e1o c\u00e1o ti\u1ebfn \u0111\u1ed9", "data": "rep:2:p"}, {"text": "\ud83c\udfc1 B\u00e1o c\u00e1o ho\u00e0n th\u00e0nh", "data": "rep:2:c"}], [{"text": "\ud83d\uddd3 \u0110\u1ec1 ngh\u1ecb gia h\u1ea1n", "data": "ext:2"}, {"text": "\u23f0 Nh\u1eafc l\u1ea1i sau", "data": "snz:2"}], [{"text": "\ud83d\udd0e Xem nhi\u1ec7m v\u1ee5", "data": "view:2"}]]', 'expired', 0, NULL, NULL, '2023-04-24 02:00:00+00', NULL, NULL, 'gộp vào tin nhắn sau', NULL, NULL, NULL, 'vi');
INSERT INTO public.outbox_message VALUES (8, 'digest:b7305d41f534e57b@3', 'telegram', 3, 4, 'digest', '📌 <b>Giao nhiệm vụ: 2 nhiệm vụ</b>
Cơ quan: Ban Tuyên giáo Tỉnh ủy
Văn bản: Chương trình hành động của Tỉnh ủy thực hiện Nghị quyết số 20-NQ/TW
1. <b>Giao nhiệm vụ</b>
<b>Mục IV, điểm 2 (ban hành Kế hoạch)</b>: Ban hành Kế hoạch triển khai thực hiện
Thời hạn: <b>31/5/2023</b> – văn bản ghi “hoàn thành trong tháng 5/2023” (còn 37 ngày)
2. <b>Giao nhiệm vụ</b>
<b>Mục IV, điểm 5</b>: Hướng dẫn công tác tuyên truyền, quán triệt
Thời hạn: chưa ấn định
Bấm “Xem nhiệm vụ” để báo cáo từng nhiệm vụ.', '[[{"text": "\u2705 \u0110\u00e3 nh\u1eadn nhi\u1ec7m v\u1ee5 (2)", "data": "ack:3-6"}], [{"text": "\ud83d\udd0e Xem nhi\u1ec7m v\u1ee5 1", "data": "view:3"}, {"text": "\ud83d\udd0e Xem nhi\u1ec7m v\u1ee5 2", "data": "view:6"}], [{"text": "\ud83d\udccb Nhi\u1ec7m v\u1ee5 c\u1ee7a c\u01a1 quan", "data": "tasks:0:0"}]]', 'expired', 0, NULL, NULL, '2023-04-24 02:00:00+00', NULL, NULL, 'gộp vào tin nhắn sau', NULL, NULL, NULL, 'vi');
INSERT INTO public.outbox_message VALUES (4, 'assignment:4:0@-', 'telegram', NULL, 3, 'assignment', '📌 <b>Giao nhiệm vụ</b>
<b>Mục IV, điểm 2 (ban hành Kế hoạch)</b>: Ban hành Kế hoạch triển khai thực hiện
Cơ quan chủ trì: Ban Tổ chức Tỉnh ủy
Văn bản: Chương trình hành động của Tỉnh ủy thực hiện Nghị quyết số 20-NQ/TW
Thời hạn: <b>31/5/2023</b> – văn bản ghi “hoàn thành trong tháng 5/2023” (còn 37 ngày)
Sản phẩm: Kế hoạch
Đề nghị đồng chí bấm “Đã nhận nhiệm vụ” để Văn phòng Tỉnh ủy biết cơ quan đã tiếp nhận.', '[[{"text": "\u2705 \u0110\u00e3 nh\u1eadn nhi\u1ec7m v\u1ee5", "data": "ack:4"}], [{"text": "\ud83d\udcdd B\u00e1o c\u00e1o ti\u1ebfn \u0111\u1ed9", "data": "rep:4:p"}, {"text": "\ud83c\udfc1 B\u00e1o c\u00e1o ho\u00e0n th\u00e0nh", "data": "rep:4:c"}], [{"text": "\ud83d\uddd3 \u0110\u1ec1 ngh\u1ecb gia h\u1ea1n", "data": "ext:4"}, {"text": "\u23f0 Nh\u1eafc l\u1ea1i sau", "data": "snz:4"}], [{"text": "\ud83d\udd0e Xem nhi\u1ec7m v\u1ee5", "data": "view:4"}]]', 'expired', 0, NULL, NULL, '2023-04-24 02:00:00+00', NULL, NULL, 'gộp vào tin nhắn sau', NULL, NULL, NULL, 'vi');
INSERT INTO public.outbox_message VALUES (5, 'assignment:5:0@-', 'telegram', NULL, 5, 'assignment', '📌 <b>Giao nhiệm vụ</b>
<b>Mục IV, điểm 3 (sơ kết, tổng kết, báo cáo)</b>: Định kỳ sơ kết, tổng kết, báo cáo Ban Thường vụ Tỉnh ủy
Cơ quan chủ trì: Ban cán sự đảng UBND tỉnh
Văn bản: Chương trình hành động của Tỉnh ủy thực hiện Nghị quyết số 20-NQ/TW
Thời hạn: văn bản ghi “định kỳ”, chưa ấn định ngày cụ thể
Sản phẩm: Báo cáo sơ kết, tổng kết
Đề nghị đồng chí bấm “Đã nhận nhiệm vụ” để Văn phòng Tỉnh ủy biết cơ quan đã tiếp nhận.', '[[{"text": "\u2705 \u0110\u00e3 nh\u1eadn nhi\u1ec7m v\u1ee5", "data": "ack:5"}], [{"text": "\ud83d\udcdd B\u00e1o c\u00e1o ti\u1ebfn \u0111\u1ed9", "data": "rep:5:p"}, {"text": "\ud83c\udfc1 B\u00e1o c\u00e1o ho\u00e0n th\u00e0nh", "data": "rep:5:c"}], [{"text": "\ud83d\udd0e Xem nhi\u1ec7m v\u1ee5", "data": "view:5"}]]', 'expired', 0, NULL, NULL, '2023-04-24 02:00:00+00', NULL, NULL, 'gộp vào tin nhắn sau', NULL, NULL, NULL, 'vi');
INSERT INTO public.outbox_message VALUES (13, 'acknowledge:5::0:acknowledge@-', 'telegram', NULL, 5, 'acknowledge', '📌 <b>Đề nghị xác nhận đã nhận nhiệm vụ</b>
<b>Mục IV, điểm 3 (sơ kết, tổng kết, báo cáo)</b>: Định kỳ sơ kết, tổng kết, báo cáo Ban Thường vụ Tỉnh ủy
Cơ quan chủ trì: Ban cán sự đảng UBND tỉnh
Văn bản: Chương trình hành động của Tỉnh ủy thực hiện Nghị quyết số 20-NQ/TW
Thời hạn: văn bản ghi “định kỳ”, chưa ấn định ngày cụ thể
Sản phẩm: Báo cáo sơ kết, tổng kết
Đề nghị đồng chí bấm “Đã nhận nhiệm vụ” để Văn phòng Tỉnh ủy biết cơ quan đã tiếp nhận.', '[[{"text": "\u2705 \u0110\u00e3 nh\u1eadn nhi\u1ec7m v\u1ee5", "data": "ack:5"}], [{"text": "\ud83d\udcdd B\u00e1o c\u00e1o ti\u1ebfn \u0111\u1ed9", "data": "rep:5:p"}, {"text": "\ud83c\udfc1 B\u00e1o c\u00e1o ho\u00e0n th\u00e0nh", "data": "rep:5:c"}], [{"text": "\ud83d\udd0e Xem nhi\u1ec7m v\u1ee5", "data": "view:5"}]]', 'pending', 0, NULL, NULL, '2023-05-15 01:00:00+00', NULL, NULL, NULL, NULL, NULL, NULL, 'vi');
INSERT INTO public.outbox_message VALUES (14, 'acknowledge:1::0:acknowledge@-', 'telegram', NULL, 2, 'acknowledge', '📌 <b>Đề nghị xác nhận đã nhận nhiệm vụ</b>
<b>Mục IV, điểm 1</b>: Lãnh đạo, chỉ đạo, thường xuyên kiểm tra, giám sát việc triển khai thực hiện
Cơ quan chủ trì: Ban Thường vụ Tỉnh ủy
Văn bản: Chương trình hành động của Tỉnh ủy thực hiện Nghị quyết số 20-NQ/TW
Thời hạn: thường xuyên
Đề nghị đồng chí bấm “Đã nhận nhiệm vụ” để Văn phòng Tỉnh ủy biết cơ quan đã tiếp nhận.', '[[{"text": "\u2705 \u0110\u00e3 nh\u1eadn nhi\u1ec7m v\u1ee5", "data": "ack:1"}], [{"text": "\ud83d\udcdd B\u00e1o c\u00e1o ti\u1ebfn \u0111\u1ed9", "data": "rep:1:p"}, {"text": "\ud83c\udfc1 B\u00e1o c\u00e1o ho\u00e0n th\u00e0nh", "data": "rep:1:c"}], [{"text": "\ud83d\udd0e Xem nhi\u1ec7m v\u1ee5", "data": "view:1"}]]', 'pending', 0, NULL, NULL, '2023-05-15 01:00:00+00', NULL, NULL, NULL, NULL, NULL, NULL, 'vi');
INSERT INTO public.outbox_message VALUES (11, 'digest:c804f667f7b6c93d@3', 'telegram', 3, 4, 'digest', '🔔 <b>Tổng hợp nhắc việc: 2 nhiệm vụ</b>
Cơ quan: Ban Tuyên giáo Tỉnh ủy
Văn bản: Chương trình hành động của Tỉnh ủy thực hiện Nghị quyết số 20-NQ/TW
1. <b>Đề nghị xác nhận đã nhận nhiệm vụ</b>
<b>Mục IV, điểm 2 (ban hành Kế hoạch)</b>: Ban hành Kế hoạch triển khai thực hiện
Thời hạn: <b>31/5/2023</b> – văn bản ghi “hoàn thành trong tháng 5/2023” (còn 16 ngày)
2. <b>Đề nghị xác nhận đã nhận nhiệm vụ</b>
<b>Mục IV, điểm 5</b>: Hướng dẫn công tác tuyên truyền, quán triệt
Thời hạn: chưa ấn định
Bấm “Xem nhiệm vụ” để báo cáo từng nhiệm vụ.', '[[{"text": "\u2705 \u0110\u00e3 nh\u1eadn nhi\u1ec7m v\u1ee5 (2)", "data": "ack:3-6"}], [{"text": "\ud83d\udd0e Xem nhi\u1ec7m v\u1ee5 1", "data": "view:3"}, {"text": "\ud83d\udd0e Xem nhi\u1ec7m v\u1ee5 2", "data": "view:6"}], [{"text": "\ud83d\udccb Nhi\u1ec7m v\u1ee5 c\u1ee7a c\u01a1 quan", "data": "tasks:0:0"}]]', 'sent', 1, NULL, 1, '2023-05-15 01:00:00+00', '2023-05-15 01:00:00+00', 1011, NULL, NULL, NULL, NULL, 'vi');
INSERT INTO public.outbox_message VALUES (15, 'unreachable:2023-W20@2', 'telegram', 2, NULL, 'unreachable', '⚠️ <b>Cơ quan chưa nhận được tin</b>
⚠️ Cơ quan chưa có người nhận tin (3): Văn phòng Tỉnh ủy, Ban Tổ chức Tỉnh ủy, Ban cán sự đảng UBND tỉnh', NULL, 'sent', 1, NULL, 1, '2023-05-15 01:00:00+00', '2023-05-15 01:00:00+00', 1015, NULL, NULL, NULL, NULL, 'vi');
INSERT INTO public.outbox_message VALUES (12, 'acknowledge:4::0:acknowledge@-', 'telegram', NULL, 3, 'acknowledge', '📌 <b>Đề nghị xác nhận đã nhận nhiệm vụ</b>
<b>Mục IV, điểm 2 (ban hành Kế hoạch)</b>: Ban hành Kế hoạch triển khai thực hiện
Cơ quan chủ trì: Ban Tổ chức Tỉnh ủy
Văn bản: Chương trình hành động của Tỉnh ủy thực hiện Nghị quyết số 20-NQ/TW
Thời hạn: <b>31/5/2023</b> – văn bản ghi “hoàn thành trong tháng 5/2023” (còn 16 ngày)
Sản phẩm: Kế hoạch
Đề nghị đồng chí bấm “Đã nhận nhiệm vụ” để Văn phòng Tỉnh ủy biết cơ quan đã tiếp nhận.', '[[{"text": "\u2705 \u0110\u00e3 nh\u1eadn nhi\u1ec7m v\u1ee5", "data": "ack:4"}], [{"text": "\ud83d\udcdd B\u00e1o c\u00e1o ti\u1ebfn \u0111\u1ed9", "data": "rep:4:p"}, {"text": "\ud83c\udfc1 B\u00e1o c\u00e1o ho\u00e0n th\u00e0nh", "data": "rep:4:c"}], [{"text": "\ud83d\uddd3 \u0110\u1ec1 ngh\u1ecb gia h\u1ea1n", "data": "ext:4"}, {"text": "\u23f0 Nh\u1eafc l\u1ea1i sau", "data": "snz:4"}], [{"text": "\ud83d\udd0e Xem nhi\u1ec7m v\u1ee5", "data": "view:4"}]]', 'expired', 0, NULL, NULL, '2023-05-15 01:00:00+00', NULL, NULL, 'gộp vào tin nhắn sau', NULL, NULL, NULL, 'vi');
INSERT INTO public.outbox_message VALUES (10, 'acknowledge:2::0:acknowledge@1', 'telegram', 1, 6, 'acknowledge', '📌 <b>Đề nghị xác nhận đã nhận nhiệm vụ</b>
<b>Mục IV, điểm 2 (ban hành Kế hoạch)</b>: Ban hành Kế hoạch triển khai thực hiện
Cơ quan chủ trì: Huyện ủy Mường Tè
Văn bản: Chương trình hành động của Tỉnh ủy thực hiện Nghị quyết số 20-NQ/TW
Thời hạn: <b>31/5/2023</b> – văn bản ghi “hoàn thành trong tháng 5/2023” (còn 16 ngày)
Sản phẩm: Kế hoạch
Đề nghị đồng chí bấm “Đã nhận nhiệm vụ” để Văn phòng Tỉnh ủy biết cơ quan đã tiếp nhận.', '[[{"text": "\u2705 \u0110\u00e3 nh\u1eadn nhi\u1ec7m v\u1ee5", "data": "ack:2"}], [{"text": "\ud83d\udcdd B\u00e1o c\u00e1o ti\u1ebfn \u0111\u1ed9", "data": "rep:2:p"}, {"text": "\ud83c\udfc1 B\u00e1o c\u00e1o ho\u00e0n th\u00e0nh", "data": "rep:2:c"}], [{"text": "\ud83d\uddd3 \u0110\u1ec1 ngh\u1ecb gia h\u1ea1n", "data": "ext:2"}, {"text": "\u23f0 Nh\u1eafc l\u1ea1i sau", "data": "snz:2"}], [{"text": "\ud83d\udd0e Xem nhi\u1ec7m v\u1ee5", "data": "view:2"}]]', 'sent', 1, NULL, 1, '2023-05-15 01:00:00+00', '2023-05-15 01:00:00+00', 1010, NULL, NULL, NULL, NULL, 'vi');
INSERT INTO public.outbox_message VALUES (9, 'unacknowledged:2023-05-15@2', 'telegram', 2, NULL, 'unacknowledged', '⚠️ <b>Chưa xác nhận tiếp nhận nhiệm vụ</b> (đã giao quá 2 ngày làm việc)
<b>Mục IV, điểm 1</b>: Ban Thường vụ Tỉnh ủy
<b>Mục IV, điểm 2 (ban hành Kế hoạch)</b>: Ban Tổ chức Tỉnh ủy, Ban Tuyên giáo Tỉnh ủy, Huyện ủy Mường Tè
<b>Mục IV, điểm 3 (sơ kết, tổng kết, báo cáo)</b>: Ban cán sự đảng UBND tỉnh
<b>Mục IV, điểm 5</b>: Ban Tuyên giáo Tỉnh ủy', '[[{"text": "\ud83d\udced Ch\u01b0a nh\u1eadn nhi\u1ec7m v\u1ee5 (6)", "data": "unak:0"}]]', 'sent', 1, NULL, 1, '2023-05-15 01:00:00+00', '2023-05-15 01:00:00+00', 1009, NULL, NULL, NULL, NULL, 'vi');
INSERT INTO public.outbox_message VALUES (16, 'reminder:2::0:before-5@1', 'telegram', 1, 6, 'reminder', '🔔 <b>Nhắc việc lần 1</b> – còn 7 ngày
<b>Mục IV, điểm 2 (ban hành Kế hoạch)</b>: Ban hành Kế hoạch triển khai thực hiện
Cơ quan chủ trì: Huyện ủy Mường Tè
Văn bản: Chương trình hành động của Tỉnh ủy thực hiện Nghị quyết số 20-NQ/TW
Thời hạn: <b>31/5/2023</b> – văn bản ghi “hoàn thành trong tháng 5/2023” (còn 7 ngày)
Đề nghị cơ quan báo cáo tình hình, kết quả thực hiện về Văn phòng Tỉnh ủy.', '[[{"text": "\u2705 \u0110\u00e3 nh\u1eadn nhi\u1ec7m v\u1ee5", "data": "ack:2"}], [{"text": "\ud83d\udcdd B\u00e1o c\u00e1o ti\u1ebfn \u0111\u1ed9", "data": "rep:2:p"}, {"text": "\ud83c\udfc1 B\u00e1o c\u00e1o ho\u00e0n th\u00e0nh", "data": "rep:2:c"}], [{"text": "\ud83d\uddd3 \u0110\u1ec1 ngh\u1ecb gia h\u1ea1n", "data": "ext:2"}, {"text": "\u23f0 Nh\u1eafc l\u1ea1i sau", "data": "snz:2"}], [{"text": "\ud83d\udd0e Xem nhi\u1ec7m v\u1ee5", "data": "view:2"}]]', 'sent', 1, NULL, 1, '2023-05-24 01:00:00+00', '2023-05-24 01:00:00+00', 1016, NULL, NULL, NULL, NULL, 'vi');
INSERT INTO public.outbox_message VALUES (18, 'reminder:4::0:before-5@-', 'telegram', NULL, 3, 'reminder', '🔔 <b>Nhắc việc lần 1</b> – còn 7 ngày
<b>Mục IV, điểm 2 (ban hành Kế hoạch)</b>: Ban hành Kế hoạch triển khai thực hiện
Cơ quan chủ trì: Ban Tổ chức Tỉnh ủy
Văn bản: Chương trình hành động của Tỉnh ủy thực hiện Nghị quyết số 20-NQ/TW
Thời hạn: <b>31/5/2023</b> – văn bản ghi “hoàn thành trong tháng 5/2023” (còn 7 ngày)
Đề nghị cơ quan báo cáo tình hình, kết quả thực hiện về Văn phòng Tỉnh ủy.', '[[{"text": "\u2705 \u0110\u00e3 nh\u1eadn nhi\u1ec7m v\u1ee5", "data": "ack:4"}], [{"text": "\ud83d\udcdd B\u00e1o c\u00e1o ti\u1ebfn \u0111\u1ed9", "data": "rep:4:p"}, {"text": "\ud83c\udfc1 B\u00e1o c\u00e1o ho\u00e0n th\u00e0nh", "data": "rep:4:c"}], [{"text": "\ud83d\uddd3 \u0110\u1ec1 ngh\u1ecb gia h\u1ea1n", "data": "ext:4"}, {"text": "\u23f0 Nh\u1eafc l\u1ea1i sau", "data": "snz:4"}], [{"text": "\ud83d\udd0e Xem nhi\u1ec7m v\u1ee5", "data": "view:4"}]]', 'expired', 0, NULL, NULL, '2023-05-24 01:00:00+00', NULL, NULL, 'gộp vào tin nhắn sau', NULL, NULL, NULL, 'vi');
INSERT INTO public.outbox_message VALUES (17, 'reminder:3::0:before-5@3', 'telegram', 3, 4, 'reminder', '🔔 <b>Nhắc việc lần 1</b> – còn 7 ngày
<b>Mục IV, điểm 2 (ban hành Kế hoạch)</b>: Ban hành Kế hoạch triển khai thực hiện
Cơ quan chủ trì: Ban Tuyên giáo Tỉnh ủy
Văn bản: Chương trình hành động của Tỉnh ủy thực hiện Nghị quyết số 20-NQ/TW
Thời hạn: <b>31/5/2023</b> – văn bản ghi “hoàn thành trong tháng 5/2023” (còn 7 ngày)
Đề nghị cơ quan báo cáo tình hình, kết quả thực hiện về Văn phòng Tỉnh ủy.', '[[{"text": "\u2705 \u0110\u00e3 nh\u1eadn nhi\u1ec7m v\u1ee5", "data": "ack:3"}], [{"text": "\ud83d\udcdd B\u00e1o c\u00e1o ti\u1ebfn \u0111\u1ed9", "data": "rep:3:p"}, {"text": "\ud83c\udfc1 B\u00e1o c\u00e1o ho\u00e0n th\u00e0nh", "data": "rep:3:c"}], [{"text": "\ud83d\uddd3 \u0110\u1ec1 ngh\u1ecb gia h\u1ea1n", "data": "ext:3"}, {"text": "\u23f0 Nh\u1eafc l\u1ea1i sau", "data": "snz:3"}], [{"text": "\ud83d\udd0e Xem nhi\u1ec7m v\u1ee5", "data": "view:3"}]]', 'sent', 1, NULL, 1, '2023-05-24 01:00:00+00', '2023-05-24 01:00:00+00', 1017, NULL, NULL, NULL, NULL, 'vi');
INSERT INTO public.outbox_message VALUES (19, 'unreachable:2023-W21@2', 'telegram', 2, NULL, 'unreachable', '⚠️ <b>Cơ quan chưa nhận được tin</b>
⚠️ Cơ quan chưa có người nhận tin (3): Văn phòng Tỉnh ủy, Ban Tổ chức Tỉnh ủy, Ban cán sự đảng UBND tỉnh', NULL, 'sent', 1, NULL, 1, '2023-05-24 01:00:00+00', '2023-05-24 01:00:00+00', 1019, NULL, NULL, NULL, NULL, 'vi');
INSERT INTO public.outbox_message VALUES (20, 'weekly:20230519T0800@2', 'telegram', 2, NULL, 'weekly', '🗒 <b>Tổng hợp tuần</b>
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
🗓 Chưa ấn định thời hạn: 2; Văn phòng xác nhận hạn: 0', '[[{"text": "\ud83d\udd34 Danh s\u00e1ch qu\u00e1 h\u1ea1n", "data": "over:0"}, {"text": "\ud83d\udfe0 S\u1eafp \u0111\u1ebfn h\u1ea1n", "data": "soon:0"}], [{"text": "\ud83d\udced Ch\u01b0a nh\u1eadn nhi\u1ec7m v\u1ee5 (6)", "data": "unak:0"}], [{"text": "\ud83d\uddd3 Ch\u01b0a \u1ea5n \u0111\u1ecbnh th\u1eddi h\u1ea1n (2)", "data": "undl:0"}], [{"text": "\ud83d\udce4 G\u1eedi Th\u01b0\u1eddng tr\u1ef1c", "data": "up:202305190800"}]]', 'sent', 1, NULL, 1, '2023-05-24 01:00:00+00', '2023-05-24 01:00:00+00', 1020, NULL, NULL, NULL, NULL, 'vi');
INSERT INTO public.outbox_message VALUES (21, 'receipt:1@1', 'telegram', 1, 6, 'receipt', '🧾 <b>Biên nhận báo cáo số 1</b>
Thời gian: 08:00 ngày 24/5/2023
Báo cáo tiến độ: <b>Mục IV, điểm 2 (ban hành Kế hoạch)</b>, Ban hành Kế hoạch triển khai thực hiện
Cơ quan: Huyện ủy Mường Tè
Người gửi: Binh', '[[{"text": "\ud83d\udd0e Xem nhi\u1ec7m v\u1ee5", "data": "view:2"}]]', 'sent', 1, NULL, 1, '2023-05-24 01:00:00+00', '2023-05-24 01:00:00+00', 1021, NULL, NULL, NULL, NULL, 'vi');
INSERT INTO public.outbox_message VALUES (22, 'submitted:1@2', 'telegram', 2, NULL, 'submitted', '📥 <b>Báo cáo tiến độ số 1</b>
Cơ quan: <b>Huyện ủy Mường Tè</b>
<b>Mục IV, điểm 2 (ban hành Kế hoạch)</b>: Ban hành Kế hoạch triển khai thực hiện
Văn bản: Chương trình hành động của Tỉnh ủy thực hiện Nghị quyết số 20-NQ/TW
Gửi lúc 08:00 ngày 24/5/2023, người gửi: Binh
<blockquote>Đang dự thảo; 60 %</blockquote>', '[[{"text": "\ud83d\udd0e Xem nhi\u1ec7m v\u1ee5", "data": "view:2"}]]', 'sent', 1, NULL, 1, '2023-05-24 01:00:00+00', '2023-05-24 01:00:00+00', 1022, NULL, NULL, NULL, NULL, 'vi');
INSERT INTO public.outbox_message VALUES (23, 'receipt:2@1', 'telegram', 1, 6, 'receipt', '🧾 <b>Biên nhận báo cáo số 2</b>
Thời gian: 08:00 ngày 24/5/2023
Báo cáo hoàn thành: <b>Mục IV, điểm 2 (ban hành Kế hoạch)</b>, Ban hành Kế hoạch triển khai thực hiện
Cơ quan: Huyện ủy Mường Tè
Người gửi: Binh
⚠️ Chưa có văn bản.
Nộp đúng hạn (31/5/2023).
Văn phòng Tỉnh ủy sẽ xem xét, xác nhận. Từ nay cơ quan không nhận thêm tin nhắc về nhiệm vụ này, trừ trường hợp báo cáo được trả lại để bổ sung.', '[[{"text": "\ud83d\udd0e Xem nhi\u1ec7m v\u1ee5", "data": "view:2"}]]', 'sent', 1, NULL, 1, '2023-05-24 01:00:00+00', '2023-05-24 01:00:00+00', 1023, NULL, NULL, NULL, NULL, 'vi');
INSERT INTO public.outbox_message VALUES (27, 'submitted:3@2', 'telegram', 2, NULL, 'submitted', '📥 <b>Báo cáo hoàn thành số 3</b>
Cơ quan: <b>Huyện ủy Mường Tè</b>
<b>Mục IV, điểm 2 (ban hành Kế hoạch)</b>: Ban hành Kế hoạch triển khai thực hiện
Văn bản: Chương trình hành động của Tỉnh ủy thực hiện Nghị quyết số 20-NQ/TW
Gửi lúc 08:00 ngày 24/5/2023, người gửi: Binh
Nộp đúng hạn (31/5/2023).
<blockquote>Đã bổ sung phụ lục</blockquote>
⚠️ Chưa có văn bản.', '[[{"text": "\u2705 X\u00e1c nh\u1eadn ho\u00e0n th\u00e0nh", "data": "acc:3"}], [{"text": "\u21a9\ufe0f Tr\u1ea3 l\u1ea1i \u0111\u1ec3 b\u1ed5 sung", "data": "ret:3"}], [{"text": "\ud83d\udd0e Xem nhi\u1ec7m v\u1ee5", "data": "view:2"}]]', 'expired', 1, NULL, 1, '2023-05-24 01:00:00+00', NULL, NULL, 'không còn cần gửi: nhiệm vụ đã được xác nhận hoàn thành', NULL, NULL, NULL, 'vi');
INSERT INTO public.outbox_message VALUES (26, 'receipt:3@1', 'telegram', 1, 6, 'receipt', '🧾 <b>Biên nhận báo cáo số 3</b>
Thời gian: 08:00 ngày 24/5/2023
Báo cáo hoàn thành: <b>Mục IV, điểm 2 (ban hành Kế hoạch)</b>, Ban hành Kế hoạch triển khai thực hiện
Cơ quan: Huyện ủy Mường Tè
Người gửi: Binh
⚠️ Chưa có văn bản.
Nộp đúng hạn (31/5/2023).
Văn phòng Tỉnh ủy sẽ xem xét, xác nhận. Từ nay cơ quan không nhận thêm tin nhắc về nhiệm vụ này, trừ trường hợp báo cáo được trả lại để bổ sung.', '[[{"text": "\ud83d\udd0e Xem nhi\u1ec7m v\u1ee5", "data": "view:2"}]]', 'sent', 1, NULL, 1, '2023-05-24 01:00:00+00', '2023-05-24 01:00:00+00', 1026, NULL, NULL, NULL, NULL, 'vi');
INSERT INTO public.outbox_message VALUES (29, 'extension_requested:1@2', 'telegram', 2, NULL, 'extension_requested', '🗓 <b>Đề nghị gia hạn</b>
Ban Tuyên giáo Tỉnh ủy – <b>Mục IV, điểm 2 (ban hành Kế hoạch)</b>: Ban hành Kế hoạch triển khai thực hiện
Văn bản: Chương trình hành động của Tỉnh ủy thực hiện Nghị quyết số 20-NQ/TW
Từ 31/5/2023 đến <b>15/6/2023</b>
Lý do: <blockquote>Chờ hướng dẫn của cấp trên</blockquote>', '[[{"text": "\u2705 \u0110\u1ed3ng \u00fd gia h\u1ea1n", "data": "exa:1"}], [{"text": "\u270d\ufe0f H\u1ea1n kh\u00e1c, ghi \u00fd ki\u1ebfn ch\u1ec9 \u0111\u1ea1o", "data": "exo:1"}], [{"text": "\u2716\ufe0f Ch\u01b0a \u0111\u1ed3ng \u00fd gia h\u1ea1n", "data": "exr:1"}], [{"text": "\ud83d\udd0e Xem nhi\u1ec7m v\u1ee5", "data": "view:3"}]]', 'sent', 1, NULL, 1, '2023-05-24 01:00:00+00', '2023-05-24 01:00:00+00', 1029, NULL, NULL, NULL, NULL, 'vi');
INSERT INTO public.outbox_message VALUES (33, 'weekly:20230602T0800@2', 'telegram', 2, NULL, 'weekly', '🗒 <b>Tổng hợp tuần</b>
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
🗓 Chưa ấn định thời hạn: 2; Văn phòng xác nhận hạn: 0', '[[{"text": "\ud83d\udd34 Danh s\u00e1ch qu\u00e1 h\u1ea1n", "data": "over:0"}, {"text": "\ud83d\udfe0 S\u1eafp \u0111\u1ebfn h\u1ea1n", "data": "soon:0"}], [{"text": "\ud83d\udced Ch\u01b0a nh\u1eadn nhi\u1ec7m v\u1ee5 (5)", "data": "unak:0"}], [{"text": "\ud83d\uddd3 Ch\u01b0a \u1ea5n \u0111\u1ecbnh th\u1eddi h\u1ea1n (2)", "data": "undl:0"}], [{"text": "\ud83d\udce4 G\u1eedi Th\u01b0\u1eddng tr\u1ef1c", "data": "up:202306020800"}]]', 'pending', 0, NULL, NULL, '2023-06-05 01:00:00+00', NULL, NULL, NULL, NULL, NULL, NULL, 'vi');
INSERT INTO public.outbox_message VALUES (24, 'submitted:2@2', 'telegram', 2, NULL, 'submitted', '📥 <b>Báo cáo hoàn thành số 2</b>
Cơ quan: <b>Huyện ủy Mường Tè</b>
<b>Mục IV, điểm 2 (ban hành Kế hoạch)</b>: Ban hành Kế hoạch triển khai thực hiện
Văn bản: Chương trình hành động của Tỉnh ủy thực hiện Nghị quyết số 20-NQ/TW
Gửi lúc 08:00 ngày 24/5/2023, người gửi: Binh
Nộp đúng hạn (31/5/2023).
<blockquote>Đã ban hành &lt;Kế hoạch&gt; số 12-KH/HU ✅</blockquote>
⚠️ Chưa có văn bản.', '[[{"text": "\u2705 X\u00e1c nh\u1eadn ho\u00e0n th\u00e0nh", "data": "acc:2"}], [{"text": "\u21a9\ufe0f Tr\u1ea3 l\u1ea1i \u0111\u1ec3 b\u1ed5 sung", "data": "ret:2"}], [{"text": "\ud83d\udd0e Xem nhi\u1ec7m v\u1ee5", "data": "view:2"}]]', 'expired', 1, NULL, 1, '2023-05-24 01:00:00+00', NULL, NULL, 'không còn cần gửi: nhiệm vụ đã được xác nhận hoàn thành', NULL, NULL, NULL, 'vi');
INSERT INTO public.outbox_message VALUES (25, 'returned:2:4@1', 'telegram', 1, 6, 'returned', '↩️ <b>Báo cáo số 2 được trả lại để bổ sung</b>
<b>Mục IV, điểm 2 (ban hành Kế hoạch)</b>: Ban hành Kế hoạch triển khai thực hiện
Lý do: <blockquote>Thiếu phụ lục</blockquote>
Đề nghị cơ quan bổ sung và gửi lại.', '[[{"text": "\ud83d\udd0e Xem nhi\u1ec7m v\u1ee5", "data": "view:2"}]]', 'sent', 1, NULL, 1, '2023-05-24 01:00:00+00', '2023-05-24 01:00:00+00', 1025, NULL, NULL, NULL, NULL, 'vi');
INSERT INTO public.outbox_message VALUES (28, 'accepted:3:6@1', 'telegram', 1, 6, 'accepted', '✅ <b>Đã xác nhận hoàn thành</b>
Báo cáo số 3: <b>Mục IV, điểm 2 (ban hành Kế hoạch)</b>, Ban hành Kế hoạch triển khai thực hiện
Nộp đúng hạn (31/5/2023).
Văn phòng Tỉnh ủy xác nhận lúc 08:00 ngày 24/5/2023.', '[[{"text": "\ud83d\udd0e Xem nhi\u1ec7m v\u1ee5", "data": "view:2"}]]', 'sent', 1, NULL, 1, '2023-05-24 01:00:00+00', '2023-05-24 01:00:00+00', 1028, NULL, NULL, NULL, NULL, 'vi');
INSERT INTO public.outbox_message VALUES (30, 'reminder:3::0:after-2@3', 'telegram', 3, 4, 'reminder', '🔴 <b>Đôn đốc lần 2</b> – quá hạn 5 ngày
<b>Mục IV, điểm 2 (ban hành Kế hoạch)</b>: Ban hành Kế hoạch triển khai thực hiện
Cơ quan chủ trì: Ban Tuyên giáo Tỉnh ủy
Văn bản: Chương trình hành động của Tỉnh ủy thực hiện Nghị quyết số 20-NQ/TW
Thời hạn: <b>31/5/2023</b> – văn bản ghi “hoàn thành trong tháng 5/2023” (quá hạn 5 ngày)
Nhiệm vụ đã quá thời hạn mà Văn phòng Tỉnh ủy chưa nhận được báo cáo. Đề nghị cơ quan khẩn trương thực hiện và báo cáo kết quả.', '[[{"text": "\u2705 \u0110\u00e3 nh\u1eadn nhi\u1ec7m v\u1ee5", "data": "ack:3"}], [{"text": "\ud83d\udcdd B\u00e1o c\u00e1o ti\u1ebfn \u0111\u1ed9", "data": "rep:3:p"}, {"text": "\ud83c\udfc1 B\u00e1o c\u00e1o ho\u00e0n th\u00e0nh", "data": "rep:3:c"}], [{"text": "\ud83d\uddd3 \u0110\u1ec1 ngh\u1ecb gia h\u1ea1n", "data": "ext:3"}], [{"text": "\ud83d\udd0e Xem nhi\u1ec7m v\u1ee5", "data": "view:3"}]]', 'pending', 0, NULL, NULL, '2023-06-05 01:00:00+00', NULL, NULL, NULL, NULL, NULL, NULL, 'vi');
INSERT INTO public.outbox_message VALUES (31, 'reminder:4::0:after-2@-', 'telegram', NULL, 3, 'reminder', '🔴 <b>Đôn đốc lần 1</b> – quá hạn 5 ngày
<b>Mục IV, điểm 2 (ban hành Kế hoạch)</b>: Ban hành Kế hoạch triển khai thực hiện
Cơ quan chủ trì: Ban Tổ chức Tỉnh ủy
Văn bản: Chương trình hành động của Tỉnh ủy thực hiện Nghị quyết số 20-NQ/TW
Thời hạn: <b>31/5/2023</b> – văn bản ghi “hoàn thành trong tháng 5/2023” (quá hạn 5 ngày)
Nhiệm vụ đã quá thời hạn mà Văn phòng Tỉnh ủy chưa nhận được báo cáo. Đề nghị cơ quan khẩn trương thực hiện và báo cáo kết quả.', '[[{"text": "\u2705 \u0110\u00e3 nh\u1eadn nhi\u1ec7m v\u1ee5", "data": "ack:4"}], [{"text": "\ud83d\udcdd B\u00e1o c\u00e1o ti\u1ebfn \u0111\u1ed9", "data": "rep:4:p"}, {"text": "\ud83c\udfc1 B\u00e1o c\u00e1o ho\u00e0n th\u00e0nh", "data": "rep:4:c"}], [{"text": "\ud83d\uddd3 \u0110\u1ec1 ngh\u1ecb gia h\u1ea1n", "data": "ext:4"}], [{"text": "\ud83d\udd0e Xem nhi\u1ec7m v\u1ee5", "data": "view:4"}]]', 'pending', 0, NULL, NULL, '2023-06-05 01:00:00+00', NULL, NULL, NULL, NULL, NULL, NULL, 'vi');
INSERT INTO public.outbox_message VALUES (32, 'unreachable:2023-W23@2', 'telegram', 2, NULL, 'unreachable', '⚠️ <b>Cơ quan chưa nhận được tin</b>
⚠️ Cơ quan chưa có người nhận tin (3): Văn phòng Tỉnh ủy, Ban Tổ chức Tỉnh ủy, Ban cán sự đảng UBND tỉnh', NULL, 'pending', 0, NULL, NULL, '2023-06-05 01:00:00+00', NULL, NULL, NULL, NULL, NULL, NULL, 'vi');
INSERT INTO public.proposal VALUES (1, 1, 'return', 'Thiếu số', 2, '2023-05-24 01:02:03.456789+00', NULL);
INSERT INTO public.reminder_policy VALUES (1, NULL, 1, '{"before": [10, 5], "after": []}');
INSERT INTO public.report VALUES (1, 2, 6, 'progress', 'Đang dự thảo; 60 %', NULL, NULL, '2023-05-24 01:00:00+00', 1, NULL, 'pending', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.report VALUES (2, 2, 6, 'completion', 'Đã ban hành <Kế hoạch> số 12-KH/HU ✅', NULL, NULL, '2023-05-24 01:00:00+00', 1, NULL, 'returned', 'Thiếu phụ lục', 2, '2023-05-24 01:00:00+00', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.report VALUES (3, 2, 6, 'completion', 'Đã bổ sung phụ lục', NULL, NULL, '2023-05-24 01:00:00+00', 1, NULL, 'accepted', NULL, 2, '2023-05-24 01:00:00+00', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.report_version VALUES (1, 1, 1, '{"text": "\u0110ang d\u1ef1 th\u1ea3o"}', '2023-05-24 01:02:03.456789+00', 1);
INSERT INTO public.running_span VALUES (1, '2023-05-24 01:02:03.456789+00', '2023-05-27 01:02:03.456789+00');
INSERT INTO public.snooze VALUES (1, 1, 1, '2023-05-24 01:02:03.456789+00', NULL);
INSERT INTO public.succession VALUES (1, 1, 2, 'merged', NULL, '2025-07-01', NULL, NULL, NULL);
INSERT INTO public.target VALUES (1, 1, 'hop-tac-xa', 'Hợp tác xã', '410', NULL, NULL);
INSERT INTO public.task VALUES (1, 1, 'IV.1', 'Mục IV, điểm 1', 'Lãnh đạo, chỉ đạo, thường xuyên kiểm tra, giám sát việc triển khai thực hiện', 'Ban Thường vụ Tỉnh ủy tăng cường lãnh đạo, chỉ đạo, thường xuyên kiểm tra, giám sát việc triển khai thực hiện Nghị quyết số 20/NQ-TW của Ban Chấp hành Trung ương, Kế hoạch số 10-KH/TW của Bộ Chính trị và Chương trình hành động của Tỉnh ủy.', 'thường xuyên', 'ongoing', true, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 2, NULL, '{"clause_label": "M\u1ee5c IV, \u0111i\u1ec3m 1", "title": "L\u00e3nh \u0111\u1ea1o, ch\u1ec9 \u0111\u1ea1o, th\u01b0\u1eddng xuy\u00ean ki\u1ec3m tra, gi\u00e1m s\u00e1t vi\u1ec7c tri\u1ec3n khai th\u1ef1c hi\u1ec7n", "text": "Ban Th\u01b0\u1eddng v\u1ee5 T\u1ec9nh \u1ee7y t\u0103ng c\u01b0\u1eddng l\u00e3nh \u0111\u1ea1o, ch\u1ec9 \u0111\u1ea1o, th\u01b0\u1eddng xuy\u00ean ki\u1ec3m tra, gi\u00e1m s\u00e1t vi\u1ec7c tri\u1ec3n khai th\u1ef1c hi\u1ec7n Ngh\u1ecb quy\u1ebft s\u1ed1 20/NQ-TW c\u1ee7a Ban Ch\u1ea5p h\u00e0nh Trung \u01b0\u01a1ng, K\u1ebf ho\u1ea1ch s\u1ed1 10-KH/TW c\u1ee7a B\u1ed9 Ch\u00ednh tr\u1ecb v\u00e0 Ch\u01b0\u01a1ng tr\u00ecnh h\u00e0nh \u0111\u1ed9ng c\u1ee7a T\u1ec9nh \u1ee7y.", "coordinating_text": null, "deadline_text": "th\u01b0\u1eddng xuy\u00ean", "deadline_kind": "ongoing", "due": null, "recurrence": null, "precision": null, "deadline_confirmed": true, "candidates": null, "product": null, "person": null, "report_to": null, "advising": "van-phong-tinh-uy", "note": null, "lead": ["ban-thuong-vu-tinh-uy"], "coordinating": []}', NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.task VALUES (2, 1, 'IV.2.b', 'Mục IV, điểm 2 (ban hành Kế hoạch)', 'Ban hành Kế hoạch triển khai thực hiện', 'Các ban đảng, ban cán sự đảng, đảng đoàn, Ban Thường vụ Tỉnh đoàn, các huyện ủy, thành ủy, đảng ủy trực thuộc […] ban hành Kế hoạch triển khai thực hiện phù hợp với chức năng, nhiệm vụ được giao (hoàn thành trong tháng 5/2023).', 'hoàn thành trong tháng 5/2023', 'month', true, '2023-05-31', 'month', NULL, 'Kế hoạch', NULL, NULL, NULL, NULL, NULL, '{"clause_label": "M\u1ee5c IV, \u0111i\u1ec3m 2 (ban h\u00e0nh K\u1ebf ho\u1ea1ch)", "title": "Ban h\u00e0nh K\u1ebf ho\u1ea1ch tri\u1ec3n khai th\u1ef1c hi\u1ec7n", "text": "C\u00e1c ban \u0111\u1ea3ng, ban c\u00e1n s\u1ef1 \u0111\u1ea3ng, \u0111\u1ea3ng \u0111o\u00e0n, Ban Th\u01b0\u1eddng v\u1ee5 T\u1ec9nh \u0111o\u00e0n, c\u00e1c huy\u1ec7n \u1ee7y, th\u00e0nh \u1ee7y, \u0111\u1ea3ng \u1ee7y tr\u1ef1c thu\u1ed9c [\u2026] ban h\u00e0nh K\u1ebf ho\u1ea1ch tri\u1ec3n khai th\u1ef1c hi\u1ec7n ph\u00f9 h\u1ee3p v\u1edbi ch\u1ee9c n\u0103ng, nhi\u1ec7m v\u1ee5 \u0111\u01b0\u1ee3c giao (ho\u00e0n th\u00e0nh trong th\u00e1ng 5/2023).", "coordinating_text": null, "deadline_text": "ho\u00e0n th\u00e0nh trong th\u00e1ng 5/2023", "deadline_kind": "month", "due": "2023-05-31", "recurrence": null, "precision": "month", "deadline_confirmed": true, "candidates": null, "product": "K\u1ebf ho\u1ea1ch", "person": null, "report_to": null, "advising": null, "note": null, "lead": ["hu-muong-te", "ban-tuyen-giao", "ban-to-chuc"], "coordinating": []}', NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.task VALUES (3, 1, 'IV.3.b', 'Mục IV, điểm 3 (sơ kết, tổng kết, báo cáo)', 'Định kỳ sơ kết, tổng kết, báo cáo Ban Thường vụ Tỉnh ủy', 'Ban cán sự đảng UBND tỉnh […] định kỳ sơ kết, tổng kết, báo cáo Ban Thường vụ Tỉnh ủy.', 'định kỳ', 'recurring', true, NULL, NULL, NULL, 'Báo cáo sơ kết, tổng kết', NULL, NULL, 'Ban Thường vụ Tỉnh ủy', NULL, 'Hai nhịp (sơ kết và tổng kết), văn bản không nêu bao lâu một lần: Văn phòng ấn định. Báo cáo đối chiếu với các chỉ tiêu ở Mục II, điểm 2: đến năm 2030 khoảng 430 tổ hợp tác, 410 hợp tác xã, 04 liên hiệp hợp tác xã, trên 60% tổ chức kinh tế tập thể đạt loại tốt, khá; đến năm 2045 khoảng 600 tổ hợp tác, 650 hợp tác xã, 10 liên hiệp hợp tác xã, trên 65% đạt loại tốt, khá.', '{"clause_label": "M\u1ee5c IV, \u0111i\u1ec3m 3 (s\u01a1 k\u1ebft, t\u1ed5ng k\u1ebft, b\u00e1o c\u00e1o)", "title": "\u0110\u1ecbnh k\u1ef3 s\u01a1 k\u1ebft, t\u1ed5ng k\u1ebft, b\u00e1o c\u00e1o Ban Th\u01b0\u1eddng v\u1ee5 T\u1ec9nh \u1ee7y", "text": "Ban c\u00e1n s\u1ef1 \u0111\u1ea3ng UBND t\u1ec9nh [\u2026] \u0111\u1ecbnh k\u1ef3 s\u01a1 k\u1ebft, t\u1ed5ng k\u1ebft, b\u00e1o c\u00e1o Ban Th\u01b0\u1eddng v\u1ee5 T\u1ec9nh \u1ee7y.", "coordinating_text": null, "deadline_text": "\u0111\u1ecbnh k\u1ef3", "deadline_kind": "recurring", "due": null, "recurrence": null, "precision": null, "deadline_confirmed": true, "candidates": null, "product": "B\u00e1o c\u00e1o s\u01a1 k\u1ebft, t\u1ed5ng k\u1ebft", "person": null, "report_to": "Ban Th\u01b0\u1eddng v\u1ee5 T\u1ec9nh \u1ee7y", "advising": null, "note": "Hai nh\u1ecbp (s\u01a1 k\u1ebft v\u00e0 t\u1ed5ng k\u1ebft), v\u0103n b\u1ea3n kh\u00f4ng n\u00eau bao l\u00e2u m\u1ed9t l\u1ea7n: V\u0103n ph\u00f2ng \u1ea5n \u0111\u1ecbnh. B\u00e1o c\u00e1o \u0111\u1ed1i chi\u1ebfu v\u1edbi c\u00e1c ch\u1ec9 ti\u00eau \u1edf M\u1ee5c II, \u0111i\u1ec3m 2: \u0111\u1ebfn n\u0103m 2030 kho\u1ea3ng 430 t\u1ed5 h\u1ee3p t\u00e1c, 410 h\u1ee3p t\u00e1c x\u00e3, 04 li\u00ean hi\u1ec7p h\u1ee3p t\u00e1c x\u00e3, tr\u00ean 60% t\u1ed5 ch\u1ee9c kinh t\u1ebf t\u1eadp th\u1ec3 \u0111\u1ea1t lo\u1ea1i t\u1ed1t, kh\u00e1; \u0111\u1ebfn n\u0103m 2045 kho\u1ea3ng 600 t\u1ed5 h\u1ee3p t\u00e1c, 650 h\u1ee3p t\u00e1c x\u00e3, 10 li\u00ean hi\u1ec7p h\u1ee3p t\u00e1c x\u00e3, tr\u00ean 65% \u0111\u1ea1t lo\u1ea1i t\u1ed1t, kh\u00e1.", "lead": ["bcsd-ubnd-tinh"], "coordinating": []}', NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.task VALUES (4, 1, 'IV.5', 'Mục IV, điểm 5', 'Hướng dẫn công tác tuyên truyền, quán triệt', 'Ban Tuyên giáo Tỉnh ủy chủ trì, phối hợp với các cơ quan liên quan hướng dẫn công tác tuyên truyền, quán triệt Nghị quyết số 20-NQ/TW và Chương trình hành động này.', NULL, 'none', true, NULL, NULL, NULL, NULL, NULL, 'các cơ quan liên quan', NULL, NULL, 'Văn bản không nêu thời hạn, nhưng các cơ quan khác chờ hướng dẫn này để quán triệt, tuyên truyền.', '{"clause_label": "M\u1ee5c IV, \u0111i\u1ec3m 5", "title": "H\u01b0\u1edbng d\u1eabn c\u00f4ng t\u00e1c tuy\u00ean truy\u1ec1n, qu\u00e1n tri\u1ec7t", "text": "Ban Tuy\u00ean gi\u00e1o T\u1ec9nh \u1ee7y ch\u1ee7 tr\u00ec, ph\u1ed1i h\u1ee3p v\u1edbi c\u00e1c c\u01a1 quan li\u00ean quan h\u01b0\u1edbng d\u1eabn c\u00f4ng t\u00e1c tuy\u00ean truy\u1ec1n, qu\u00e1n tri\u1ec7t Ngh\u1ecb quy\u1ebft s\u1ed1 20-NQ/TW v\u00e0 Ch\u01b0\u01a1ng tr\u00ecnh h\u00e0nh \u0111\u1ed9ng n\u00e0y.", "coordinating_text": "c\u00e1c c\u01a1 quan li\u00ean quan", "deadline_text": null, "deadline_kind": "none", "due": null, "recurrence": null, "precision": null, "deadline_confirmed": true, "candidates": null, "product": null, "person": null, "report_to": null, "advising": null, "note": "V\u0103n b\u1ea3n kh\u00f4ng n\u00eau th\u1eddi h\u1ea1n, nh\u01b0ng c\u00e1c c\u01a1 quan kh\u00e1c ch\u1edd h\u01b0\u1edbng d\u1eabn n\u00e0y \u0111\u1ec3 qu\u00e1n tri\u1ec7t, tuy\u00ean truy\u1ec1n.", "lead": ["ban-tuyen-giao"], "coordinating": []}', NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.transfer VALUES (1, 1, NULL, 'Không thuộc lĩnh vực', 1, '2023-05-24 01:02:03.456789+00', 'pending', NULL, NULL, NULL);
INSERT INTO public.wrong_invite VALUES (1, '720000009', '2023-05-24 01:02:03.456789+00');
SELECT pg_catalog.setval('public.address_id_seq', 90, true);
SELECT pg_catalog.setval('public.agency_group_id_seq', 1, true);
SELECT pg_catalog.setval('public.agency_id_seq', 6, true);
SELECT pg_catalog.setval('public.assignment_id_seq', 6, true);
SELECT pg_catalog.setval('public.attachment_id_seq', 1, true);
SELECT pg_catalog.setval('public.cover_id_seq', 1, true);
SELECT pg_catalog.setval('public.deadline_change_id_seq', 1, true);
SELECT pg_catalog.setval('public.dialogue_state_id_seq', 1, true);
SELECT pg_catalog.setval('public.document_id_seq', 1, true);
SELECT pg_catalog.setval('public.event_id_seq', 21, true);
SELECT pg_catalog.setval('public.extension_id_seq', 1, true);
SELECT pg_catalog.setval('public.group_binding_id_seq', 1, true);
SELECT pg_catalog.setval('public.inbox_update_id_seq', 1, true);
SELECT pg_catalog.setval('public.indicator_id_seq', 1, true);
SELECT pg_catalog.setval('public.invite_id_seq', 4, true);
SELECT pg_catalog.setval('public.member_id_seq', 3, true);
SELECT pg_catalog.setval('public.membership_id_seq', 3, true);
SELECT pg_catalog.setval('public.notice_id_seq', 33, true);
SELECT pg_catalog.setval('public.outbox_message_id_seq', 33, true);
SELECT pg_catalog.setval('public.proposal_id_seq', 1, true);
SELECT pg_catalog.setval('public.reminder_policy_id_seq', 1, true);
SELECT pg_catalog.setval('public.report_id_seq', 3, true);
SELECT pg_catalog.setval('public.report_version_id_seq', 1, true);
SELECT pg_catalog.setval('public.running_span_id_seq', 1, true);
SELECT pg_catalog.setval('public.snooze_id_seq', 1, true);
SELECT pg_catalog.setval('public.succession_id_seq', 1, true);
SELECT pg_catalog.setval('public.target_id_seq', 1, true);
SELECT pg_catalog.setval('public.task_id_seq', 4, true);
SELECT pg_catalog.setval('public.transfer_id_seq', 1, true);
SELECT pg_catalog.setval('public.wrong_invite_id_seq', 1, true);
ALTER TABLE ONLY public.address
    ADD CONSTRAINT address_once UNIQUE (channel, address);
ALTER TABLE ONLY public.address
    ADD CONSTRAINT address_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.agency_group
    ADD CONSTRAINT agency_group_key_key UNIQUE (key);
ALTER TABLE ONLY public.agency_group_member
    ADD CONSTRAINT agency_group_member_pkey PRIMARY KEY (group_id, agency_id);
ALTER TABLE ONLY public.agency_group
    ADD CONSTRAINT agency_group_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.agency
    ADD CONSTRAINT agency_key_key UNIQUE (key);
ALTER TABLE ONLY public.agency
    ADD CONSTRAINT agency_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.alembic_version
    ADD CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num);
ALTER TABLE ONLY public.assignment
    ADD CONSTRAINT assignment_once UNIQUE (task_id, agency_id, role, period);
ALTER TABLE ONLY public.assignment
    ADD CONSTRAINT assignment_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.attachment
    ADD CONSTRAINT attachment_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.cover
    ADD CONSTRAINT cover_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.deadline_change
    ADD CONSTRAINT deadline_change_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.dialogue_state
    ADD CONSTRAINT dialogue_once UNIQUE (chat_id, member_id);
ALTER TABLE ONLY public.dialogue_state
    ADD CONSTRAINT dialogue_state_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.document
    ADD CONSTRAINT document_key_key UNIQUE (key);
ALTER TABLE ONLY public.document
    ADD CONSTRAINT document_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.event
    ADD CONSTRAINT event_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.extension
    ADD CONSTRAINT extension_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.group_binding
    ADD CONSTRAINT group_binding_once UNIQUE (address_id);
ALTER TABLE ONLY public.group_binding
    ADD CONSTRAINT group_binding_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.holiday
    ADD CONSTRAINT holiday_pkey PRIMARY KEY (day);
ALTER TABLE ONLY public.inbox_update
    ADD CONSTRAINT inbox_update_once UNIQUE (bot_id, update_id);
ALTER TABLE ONLY public.inbox_update
    ADD CONSTRAINT inbox_update_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.indicator
    ADD CONSTRAINT indicator_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.installation
    ADD CONSTRAINT installation_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.invite
    ADD CONSTRAINT invite_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.invite
    ADD CONSTRAINT invite_token_hash_key UNIQUE (token_hash);
ALTER TABLE ONLY public.lease
    ADD CONSTRAINT lease_pkey PRIMARY KEY (name);
ALTER TABLE ONLY public.member
    ADD CONSTRAINT member_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.membership
    ADD CONSTRAINT membership_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.notice
    ADD CONSTRAINT notice_dedupe_key_key UNIQUE (dedupe_key);
ALTER TABLE ONLY public.notice
    ADD CONSTRAINT notice_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.office_settings
    ADD CONSTRAINT office_settings_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.outbox_cover
    ADD CONSTRAINT outbox_cover_once UNIQUE (notice_id, address_id);
ALTER TABLE ONLY public.outbox_cover
    ADD CONSTRAINT outbox_cover_pkey PRIMARY KEY (message_id, notice_id);
ALTER TABLE ONLY public.outbox_message
    ADD CONSTRAINT outbox_message_dedupe_key_key UNIQUE (dedupe_key);
ALTER TABLE ONLY public.outbox_message
    ADD CONSTRAINT outbox_message_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.proposal
    ADD CONSTRAINT proposal_once UNIQUE (report_id);
ALTER TABLE ONLY public.proposal
    ADD CONSTRAINT proposal_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.reminder_policy
    ADD CONSTRAINT reminder_policy_document UNIQUE (document_id);
ALTER TABLE ONLY public.reminder_policy
    ADD CONSTRAINT reminder_policy_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.reminder_policy
    ADD CONSTRAINT reminder_policy_task UNIQUE (task_id);
ALTER TABLE ONLY public.report
    ADD CONSTRAINT report_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.report_version
    ADD CONSTRAINT report_version_once UNIQUE (report_id, number);
ALTER TABLE ONLY public.report_version
    ADD CONSTRAINT report_version_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.running_span
    ADD CONSTRAINT running_span_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.snooze
    ADD CONSTRAINT snooze_once UNIQUE (assignment_id, member_id);
ALTER TABLE ONLY public.snooze
    ADD CONSTRAINT snooze_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.succession
    ADD CONSTRAINT succession_once UNIQUE (from_agency_id, to_agency_id, effective_on);
ALTER TABLE ONLY public.succession
    ADD CONSTRAINT succession_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.target
    ADD CONSTRAINT target_key UNIQUE (document_id, key);
ALTER TABLE ONLY public.target
    ADD CONSTRAINT target_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.task
    ADD CONSTRAINT task_clause UNIQUE (document_id, clause);
ALTER TABLE ONLY public.task
    ADD CONSTRAINT task_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.transfer
    ADD CONSTRAINT transfer_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.wrong_invite
    ADD CONSTRAINT wrong_invite_pkey PRIMARY KEY (id);
CREATE INDEX assignment_holder ON public.assignment USING btree (holder_id) WHERE (holder_id IS NOT NULL);
CREATE INDEX assignment_open_lead ON public.assignment USING btree (due, agency_id, grace_until, role, status) WHERE (((role)::text = 'lead'::text) AND ((status)::text = ANY ((ARRAY['not_started'::character varying, 'in_progress'::character varying])::text[])));
CREATE INDEX assignment_reminder ON public.assignment USING btree (next_reminder_at, agency_id) WHERE (next_reminder_at IS NOT NULL);
CREATE INDEX assignment_unreceived ON public.assignment USING btree (assigned_at) WHERE ((acknowledged_at IS NULL) AND ((status)::text = 'not_started'::text));
CREATE UNIQUE INDEX extension_one_pending ON public.extension USING btree (assignment_id) WHERE ((state)::text = 'pending'::text);
CREATE INDEX inbox_update_fair ON public.inbox_update USING btree (chat, id) WHERE ((state)::text = ANY ((ARRAY['received'::character varying, 'applied'::character varying])::text[]));
CREATE INDEX inbox_update_open ON public.inbox_update USING btree (id) WHERE ((state)::text = ANY ((ARRAY['received'::character varying, 'applied'::character varying])::text[]));
CREATE INDEX ix_address_member_id ON public.address USING btree (member_id);
CREATE INDEX ix_assignment_agency_id ON public.assignment USING btree (agency_id);
CREATE INDEX ix_attachment_report_id ON public.attachment USING btree (report_id);
CREATE INDEX ix_attachment_state ON public.attachment USING btree (state);
CREATE INDEX ix_cover_absent_id ON public.cover USING btree (absent_id);
CREATE INDEX ix_cover_agency_id ON public.cover USING btree (agency_id);
CREATE INDEX ix_cover_cover_id ON public.cover USING btree (cover_id);
CREATE INDEX ix_deadline_change_assignment_id ON public.deadline_change USING btree (assignment_id);
CREATE INDEX ix_dialogue_state_member_id ON public.dialogue_state USING btree (member_id);
CREATE INDEX ix_event_actor_id ON public.event USING btree (actor_id);
CREATE INDEX ix_event_agency_id ON public.event USING btree (agency_id);
CREATE INDEX ix_event_assignment_id ON public.event USING btree (assignment_id);
CREATE INDEX ix_event_at ON public.event USING btree (at);
CREATE INDEX ix_event_document_id ON public.event USING btree (document_id);
CREATE INDEX ix_extension_assignment_id ON public.extension USING btree (assignment_id);
CREATE INDEX ix_group_binding_agency_id ON public.group_binding USING btree (agency_id);
CREATE INDEX ix_group_binding_bound_by ON public.group_binding USING btree (bound_by);
CREATE INDEX ix_indicator_report_id ON public.indicator USING btree (report_id);
CREATE INDEX ix_indicator_target_id ON public.indicator USING btree (target_id);
CREATE INDEX ix_invite_agency_id ON public.invite USING btree (agency_id);
CREATE INDEX ix_invite_created_by ON public.invite USING btree (created_by);
CREATE INDEX ix_invite_used_by ON public.invite USING btree (used_by);
CREATE INDEX ix_membership_agency_id ON public.membership USING btree (agency_id);
CREATE INDEX ix_membership_member_id ON public.membership USING btree (member_id);
CREATE INDEX ix_outbox_message_agency_id ON public.outbox_message USING btree (agency_id);
CREATE INDEX ix_report_agency_id ON public.report USING btree (agency_id);
CREATE INDEX ix_report_assignment_id ON public.report USING btree (assignment_id);
CREATE INDEX ix_report_submitted_by ON public.report USING btree (submitted_by);
CREATE INDEX ix_running_span_seen_at ON public.running_span USING btree (seen_at);
CREATE INDEX ix_snooze_member_id ON public.snooze USING btree (member_id);
CREATE INDEX ix_succession_from_agency_id ON public.succession USING btree (from_agency_id);
CREATE INDEX ix_succession_to_agency_id ON public.succession USING btree (to_agency_id);
CREATE INDEX ix_task_advising_id ON public.task USING btree (advising_id);
CREATE INDEX ix_transfer_assignment_id ON public.transfer USING btree (assignment_id);
CREATE INDEX ix_wrong_invite_address ON public.wrong_invite USING btree (address);
CREATE INDEX ix_wrong_invite_at ON public.wrong_invite USING btree (at);
CREATE UNIQUE INDEX membership_open_once ON public.membership USING btree (member_id, role, COALESCE(agency_id, (0)::bigint)) WHERE (until_at IS NULL);
CREATE INDEX notice_assignment ON public.notice USING btree (assignment_id, kind);
CREATE INDEX outbox_message_batch ON public.outbox_message USING btree (batch) WHERE (batch IS NOT NULL);
CREATE INDEX outbox_message_telegram ON public.outbox_message USING btree (address_id, message_id);
CREATE INDEX outbox_message_waiting ON public.outbox_message USING btree (address_id, id) WHERE ((status)::text = ANY ((ARRAY['pending'::character varying, 'sending'::character varying])::text[]));
CREATE UNIQUE INDEX report_one_pending_completion ON public.report USING btree (assignment_id) WHERE (((kind)::text = 'completion'::text) AND ((review)::text = 'pending'::text));
CREATE INDEX snooze_until ON public.snooze USING btree (until_at);
CREATE INDEX task_next_period ON public.task USING btree (next_period_on) WHERE (next_period_on IS NOT NULL);
CREATE UNIQUE INDEX transfer_one_pending ON public.transfer USING btree (assignment_id) WHERE ((state)::text = 'pending'::text);
CREATE TRIGGER event_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.event FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_event_change();
ALTER TABLE ONLY public.address
    ADD CONSTRAINT address_member_id_fkey FOREIGN KEY (member_id) REFERENCES public.member(id);
ALTER TABLE ONLY public.agency_group_member
    ADD CONSTRAINT agency_group_member_agency_id_fkey FOREIGN KEY (agency_id) REFERENCES public.agency(id);
ALTER TABLE ONLY public.agency_group_member
    ADD CONSTRAINT agency_group_member_group_id_fkey FOREIGN KEY (group_id) REFERENCES public.agency_group(id);
ALTER TABLE ONLY public.agency
    ADD CONSTRAINT agency_monitor_id_fkey FOREIGN KEY (monitor_id) REFERENCES public.member(id);
ALTER TABLE ONLY public.assignment
    ADD CONSTRAINT assignment_acknowledged_by_fkey FOREIGN KEY (acknowledged_by) REFERENCES public.member(id);
ALTER TABLE ONLY public.assignment
    ADD CONSTRAINT assignment_agency_id_fkey FOREIGN KEY (agency_id) REFERENCES public.agency(id);
ALTER TABLE ONLY public.assignment
    ADD CONSTRAINT assignment_handed_by_fkey FOREIGN KEY (handed_by) REFERENCES public.member(id);
ALTER TABLE ONLY public.assignment
    ADD CONSTRAINT assignment_holder_id_fkey FOREIGN KEY (holder_id) REFERENCES public.member(id);
ALTER TABLE ONLY public.assignment
    ADD CONSTRAINT assignment_task_id_fkey FOREIGN KEY (task_id) REFERENCES public.task(id);
ALTER TABLE ONLY public.attachment
    ADD CONSTRAINT attachment_document_id_fkey FOREIGN KEY (document_id) REFERENCES public.document(id);
ALTER TABLE ONLY public.attachment
    ADD CONSTRAINT attachment_member_id_fkey FOREIGN KEY (member_id) REFERENCES public.member(id);
ALTER TABLE ONLY public.attachment
    ADD CONSTRAINT attachment_report_id_fkey FOREIGN KEY (report_id) REFERENCES public.report(id);
ALTER TABLE ONLY public.cover
    ADD CONSTRAINT cover_absent_id_fkey FOREIGN KEY (absent_id) REFERENCES public.member(id);
ALTER TABLE ONLY public.cover
    ADD CONSTRAINT cover_agency_id_fkey FOREIGN KEY (agency_id) REFERENCES public.agency(id);
ALTER TABLE ONLY public.cover
    ADD CONSTRAINT cover_cover_id_fkey FOREIGN KEY (cover_id) REFERENCES public.member(id);
ALTER TABLE ONLY public.deadline_change
    ADD CONSTRAINT deadline_change_assignment_id_fkey FOREIGN KEY (assignment_id) REFERENCES public.assignment(id);
ALTER TABLE ONLY public.deadline_change
    ADD CONSTRAINT deadline_change_changed_by_fkey FOREIGN KEY (changed_by) REFERENCES public.member(id);
ALTER TABLE ONLY public.dialogue_state
    ADD CONSTRAINT dialogue_state_member_id_fkey FOREIGN KEY (member_id) REFERENCES public.member(id);
ALTER TABLE ONLY public.document
    ADD CONSTRAINT document_monitor_id_fkey FOREIGN KEY (monitor_id) REFERENCES public.member(id);
ALTER TABLE ONLY public.event
    ADD CONSTRAINT event_actor_id_fkey FOREIGN KEY (actor_id) REFERENCES public.member(id);
ALTER TABLE ONLY public.event
    ADD CONSTRAINT event_agency_id_fkey FOREIGN KEY (agency_id) REFERENCES public.agency(id);
ALTER TABLE ONLY public.event
    ADD CONSTRAINT event_assignment_id_fkey FOREIGN KEY (assignment_id) REFERENCES public.assignment(id);
ALTER TABLE ONLY public.event
    ADD CONSTRAINT event_document_id_fkey FOREIGN KEY (document_id) REFERENCES public.document(id);
ALTER TABLE ONLY public.extension
    ADD CONSTRAINT extension_assignment_id_fkey FOREIGN KEY (assignment_id) REFERENCES public.assignment(id);
ALTER TABLE ONLY public.extension
    ADD CONSTRAINT extension_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES public.member(id);
ALTER TABLE ONLY public.extension
    ADD CONSTRAINT extension_requested_by_fkey FOREIGN KEY (requested_by) REFERENCES public.member(id);
ALTER TABLE ONLY public.group_binding
    ADD CONSTRAINT group_binding_address_id_fkey FOREIGN KEY (address_id) REFERENCES public.address(id);
ALTER TABLE ONLY public.group_binding
    ADD CONSTRAINT group_binding_agency_id_fkey FOREIGN KEY (agency_id) REFERENCES public.agency(id);
ALTER TABLE ONLY public.group_binding
    ADD CONSTRAINT group_binding_bound_by_fkey FOREIGN KEY (bound_by) REFERENCES public.member(id);
ALTER TABLE ONLY public.indicator
    ADD CONSTRAINT indicator_report_id_fkey FOREIGN KEY (report_id) REFERENCES public.report(id);
ALTER TABLE ONLY public.indicator
    ADD CONSTRAINT indicator_target_id_fkey FOREIGN KEY (target_id) REFERENCES public.target(id);
ALTER TABLE ONLY public.invite
    ADD CONSTRAINT invite_agency_id_fkey FOREIGN KEY (agency_id) REFERENCES public.agency(id);
ALTER TABLE ONLY public.invite
    ADD CONSTRAINT invite_created_by_fkey FOREIGN KEY (created_by) REFERENCES public.member(id);
ALTER TABLE ONLY public.invite
    ADD CONSTRAINT invite_used_by_fkey FOREIGN KEY (used_by) REFERENCES public.member(id);
ALTER TABLE ONLY public.membership
    ADD CONSTRAINT membership_agency_id_fkey FOREIGN KEY (agency_id) REFERENCES public.agency(id);
ALTER TABLE ONLY public.membership
    ADD CONSTRAINT membership_member_id_fkey FOREIGN KEY (member_id) REFERENCES public.member(id);
ALTER TABLE ONLY public.notice
    ADD CONSTRAINT notice_agency_id_fkey FOREIGN KEY (agency_id) REFERENCES public.agency(id);
ALTER TABLE ONLY public.notice
    ADD CONSTRAINT notice_assignment_id_fkey FOREIGN KEY (assignment_id) REFERENCES public.assignment(id);
ALTER TABLE ONLY public.notice
    ADD CONSTRAINT notice_member_id_fkey FOREIGN KEY (member_id) REFERENCES public.member(id);
ALTER TABLE ONLY public.notice
    ADD CONSTRAINT notice_report_id_fkey FOREIGN KEY (report_id) REFERENCES public.report(id);
ALTER TABLE ONLY public.office_settings
    ADD CONSTRAINT office_settings_paused_by_fkey FOREIGN KEY (paused_by) REFERENCES public.member(id);
ALTER TABLE ONLY public.outbox_cover
    ADD CONSTRAINT outbox_cover_address_id_fkey FOREIGN KEY (address_id) REFERENCES public.address(id);
ALTER TABLE ONLY public.outbox_cover
    ADD CONSTRAINT outbox_cover_message_id_fkey FOREIGN KEY (message_id) REFERENCES public.outbox_message(id);
ALTER TABLE ONLY public.outbox_cover
    ADD CONSTRAINT outbox_cover_notice_id_fkey FOREIGN KEY (notice_id) REFERENCES public.notice(id);
ALTER TABLE ONLY public.outbox_message
    ADD CONSTRAINT outbox_message_address_id_fkey FOREIGN KEY (address_id) REFERENCES public.address(id);
ALTER TABLE ONLY public.outbox_message
    ADD CONSTRAINT outbox_message_agency_id_fkey FOREIGN KEY (agency_id) REFERENCES public.agency(id);
ALTER TABLE ONLY public.proposal
    ADD CONSTRAINT proposal_proposed_by_fkey FOREIGN KEY (proposed_by) REFERENCES public.member(id);
ALTER TABLE ONLY public.proposal
    ADD CONSTRAINT proposal_report_id_fkey FOREIGN KEY (report_id) REFERENCES public.report(id);
ALTER TABLE ONLY public.reminder_policy
    ADD CONSTRAINT reminder_policy_document_id_fkey FOREIGN KEY (document_id) REFERENCES public.document(id);
ALTER TABLE ONLY public.reminder_policy
    ADD CONSTRAINT reminder_policy_task_id_fkey FOREIGN KEY (task_id) REFERENCES public.task(id);
ALTER TABLE ONLY public.report
    ADD CONSTRAINT report_agency_id_fkey FOREIGN KEY (agency_id) REFERENCES public.agency(id);
ALTER TABLE ONLY public.report
    ADD CONSTRAINT report_assignment_id_fkey FOREIGN KEY (assignment_id) REFERENCES public.assignment(id);
ALTER TABLE ONLY public.report
    ADD CONSTRAINT report_entered_by_fkey FOREIGN KEY (entered_by) REFERENCES public.member(id);
ALTER TABLE ONLY public.report
    ADD CONSTRAINT report_reviewed_by_fkey FOREIGN KEY (reviewed_by) REFERENCES public.member(id);
ALTER TABLE ONLY public.report
    ADD CONSTRAINT report_submitted_by_fkey FOREIGN KEY (submitted_by) REFERENCES public.member(id);
ALTER TABLE ONLY public.report_version
    ADD CONSTRAINT report_version_replaced_by_fkey FOREIGN KEY (replaced_by) REFERENCES public.member(id);
ALTER TABLE ONLY public.report_version
    ADD CONSTRAINT report_version_report_id_fkey FOREIGN KEY (report_id) REFERENCES public.report(id);
ALTER TABLE ONLY public.snooze
    ADD CONSTRAINT snooze_assignment_id_fkey FOREIGN KEY (assignment_id) REFERENCES public.assignment(id);
ALTER TABLE ONLY public.snooze
    ADD CONSTRAINT snooze_member_id_fkey FOREIGN KEY (member_id) REFERENCES public.member(id);
ALTER TABLE ONLY public.succession
    ADD CONSTRAINT succession_from_agency_id_fkey FOREIGN KEY (from_agency_id) REFERENCES public.agency(id);
ALTER TABLE ONLY public.succession
    ADD CONSTRAINT succession_to_agency_id_fkey FOREIGN KEY (to_agency_id) REFERENCES public.agency(id);
ALTER TABLE ONLY public.target
    ADD CONSTRAINT target_document_id_fkey FOREIGN KEY (document_id) REFERENCES public.document(id);
ALTER TABLE ONLY public.task
    ADD CONSTRAINT task_advising_id_fkey FOREIGN KEY (advising_id) REFERENCES public.agency(id);
ALTER TABLE ONLY public.task
    ADD CONSTRAINT task_document_id_fkey FOREIGN KEY (document_id) REFERENCES public.document(id);
ALTER TABLE ONLY public.task
    ADD CONSTRAINT task_settled_by_fkey FOREIGN KEY (settled_by) REFERENCES public.member(id);
ALTER TABLE ONLY public.transfer
    ADD CONSTRAINT transfer_assignment_id_fkey FOREIGN KEY (assignment_id) REFERENCES public.assignment(id);
ALTER TABLE ONLY public.transfer
    ADD CONSTRAINT transfer_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES public.member(id);
ALTER TABLE ONLY public.transfer
    ADD CONSTRAINT transfer_requested_by_fkey FOREIGN KEY (requested_by) REFERENCES public.member(id);
ALTER TABLE ONLY public.transfer
    ADD CONSTRAINT transfer_wanted_agency_id_fkey FOREIGN KEY (wanted_agency_id) REFERENCES public.agency(id);
