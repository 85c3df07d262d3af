"""From an update to its handler: a table of commands, a table of buttons, and who may come in."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from bot.domain.access import Action
from bot.handlers import (
    agencies,
    agency_changes,
    agreeing,
    assign_agencies,
    assign_deadline,
    assigning,
    clarifying,
    contributions,
    correcting,
    erasing,
    extension,
    forecast,
    granting,
    groups,
    handing,
    history,
    indicators,
    invite,
    loading,
    office_people,
    office_settings,
    overview,
    pausing,
    proposing,
    report,
    report_asking,
    report_choice,
    report_numbers,
    review,
    settings,
    settling,
    snoozing,
    splitting,
    start,
    steering,
    tasks,
    weekly,
)
from bot.handlers.answers import NOTHING, Answers
from bot.handlers.dialogues import (
    STEPS,
    find_dialogue,
    get_by_token,
    step_back,
)
from bot.handlers.refusing import DRAFTS, Idle
from bot.handlers.request import Request
from bot.inbox.parse import Incoming
from bot.services.context import Work
from bot.services.office.lost import is_lost
from bot.services.standing import addresses, seats
from db.models import DialogueState

Handler = Callable[[Request], Answers]

COMMANDS: Mapping[str, Handler] = MappingProxyType(
    {
        "start": start.greet,
        "viec": tasks.list_tasks,
        "baocao": report_choice.choose,
        "giahan": extension.choose,
        "quahan": overview.overdue,
        "denhan": overview.upcoming,
        "lichnhac": forecast.show_days,
        "tonghop": overview.summary,
        "giaoviec": assigning.begin,
        "moi": invite.choose,
        "lichsu": history.show,
        "phancong": handing.who_holds,
        "nhom": groups.explain,
        "coquan": agencies.home,
        "caidat": settings.home,
        "trogiup": start.show_help,
        "huy": start.cancel,
    }
)
LATER: tuple[str, ...] = ()
# These change nothing: of the same asked twice in one breath, one answer is enough.
SHOWING = frozenset({"viec", "quahan", "denhan", "lichnhac", "tonghop", "lichsu", "trogiup"})
ALIASES: Mapping[str, str] = MappingProxyType(
    {
        "tasks": "viec",
        "report": "baocao",
        "extend": "giahan",
        "overdue": "quahan",
        "upcoming": "denhan",
        "schedule": "lichnhac",
        "summary": "tonghop",
        "assign": "giaoviec",
        "invite": "moi",
        "history": "lichsu",
        "hand": "phancong",
        "group": "nhom",
        "agency": "coquan",
        "settings": "caidat",
        "help": "trogiup",
        "cancel": "huy",
    }
)
# What follows them could only say that one may not; that the command is another role's tells more.
_OF_ROLES: Mapping[str, Action] = MappingProxyType(
    {"giaoviec": Action.ASSIGN, "tonghop": Action.SEE_OVERVIEW, "lichnhac": Action.SEE_FORECAST}
)
BUTTONS: Mapping[str, Handler] = MappingProxyType(
    {
        "tasks": tasks.list_tasks,
        "gone": tasks.list_withdrawn,
        "view": tasks.view_task,
        "hist": history.show,
        "holds": handing.who_holds,
        "hold": handing.held,
        "hand": handing.choose_person,
        "handp": handing.hand_on,
        "rcv": handing.receive,
        "cov": handing.covers,
        "covn": handing.begin_cover,
        "cove": handing.end_cover,
        "ack": tasks.acknowledge,
        "snz": snoozing.ask,
        "snzd": snoozing.snooze,
        "snzo": snoozing.ask_other_day,
        "rep": report.begin,
        "repa": report_choice.choose,
        "ent": report.begin_entering,
        "repv": review.view_report,
        "reps": review.list_reports,
        "acc": review.accept,
        "ret": review.ask_reason,
        "file": review.send_file,
        "ctb": contributions.show,
        "doc": contributions.open_document,
        "ext": extension.begin,
        "exa": review.agree_extension,
        "exr": review.ask_refusal,
        "exo": agreeing.begin,
        "exu": agreeing.begin_undoing,
        "exg": granting.begin,
        "clr": clarifying.begin,
        "undl": settling.unsettled,
        "uncf": settling.unconfirmed,
        "fix": settling.begin,
        "stb": settling.take_back,
        "unak": overview.unacknowledged,
        "ind": indicators.show,
        "indt": indicators.show_one,
        "asn": assigning.begin,
        "asx": assigning.take_back,
        "asr": assigning.give_again,
        "steers": steering.choose_move,
        "steer": steering.begin,
        "trf": steering.begin_transfer,
        "trfa": steering.agree_transfer,
        "trfr": steering.ask_refusal,
        "over": overview.overdue,
        "wait": overview.waiting,
        "soon": overview.upcoming,
        "fc": forecast.show_days,
        "fcd": forecast.show_day,
        "prs": overview.preview_press,
        "prsd": overview.press,
        "tb": overview.take_back,
        "ltb": loading.take_back,
        "lsd": loading.send,
        "up": weekly.preview,
        "upd": weekly.send,
        "upx": weekly.cancel,
        "past": overview.choose_past,
        "set": settings.home,
        "setl": settings.set_language,
        "setq": settings.quiet,
        "setcp": settings.choose_contacts,
        "setc": settings.contacts,
        "setct": settings.toggle_contact,
        "setd": office_settings.days,
        "setda": office_settings.ask_days,
        "setdx": office_settings.remove_day,
        "setw": office_settings.weekly,
        "setrp": office_settings.choose_document,
        "setrt": office_settings.choose_task,
        "setr": office_settings.ladder,
        "seti": office_settings.ask_item,
        "setx": office_settings.reset,
        "setm": office_people.show_monitors,
        "setml": office_people.choose_watched,
        "setmo": office_people.choose_monitor,
        "setmt": office_people.set_monitor,
        "setg": office_people.show_deciding,
        "setgt": office_people.toggle_decider,
        "setgo": office_people.switch_deciding,
        "setp": pausing.show,
        "setpl": pausing.choose_document,
        "setpc": pausing.confirm,
        "setpy": pausing.do,
        "ag": agencies.show,
        "agp": agencies.page,
        "agf": agency_changes.find,
        "aga": agency_changes.add,
        "agc": agency_changes.begin,
        "agx": agencies.cancel_planned,
        "agd": agencies.switch_discretion,
        "agl": agencies.ask_end,
        "agly": agencies.end,
        "agw": splitting.show_waiting,
        "agwp": splitting.choose_for_person,
        "agwt": splitting.choose_for_task,
        "agwm": splitting.choose_several,
        "era": erasing.begin,
        "erac": erasing.confirm,
        "eray": erasing.erase,
        "inva": invite.choose_role,
        "invap": invite.choose,
        "invr": invite.invite_to_agency,
        "invs": invite.invite_elsewhere,
    }
)
# What a dialogue takes in, and what its send button does.
DIALOGUES: Mapping[
    str, tuple[Callable[[Request, DialogueState], Answers], Callable[[Request, DialogueState], Answers]]
]
DIALOGUES = MappingProxyType(
    {
        "report": (report.take, report.send),
        "correction": (correcting.take, correcting.send),
        "return": (review.take_reason, review.send_return),
        "propose": (proposing.take, proposing.send),
        "refuse_extension": (review.take_reason, review.send_refusal),
        "extension": (extension.take, extension.send),
        "setting": (office_settings.take, settings.nothing_to_send),
        "agree_extension": (agreeing.take, agreeing.send),
        "unextend": (agreeing.take_reason, agreeing.send_undoing),
        "grant": (granting.take, granting.send),
        "clarify": (clarifying.take, clarifying.send),
        "settle": (settling.take, settling.send),
        "cover": (handing.take, handing.send),
        "snooze": (snoozing.take_day, settings.nothing_to_send),
        "assign": (assigning.take, assigning.send),
        "agency": (agency_changes.take, agency_changes.send),
        "erase": (erasing.take, settings.nothing_to_send),
        "steer": (steering.take, steering.send),
        "transfer": (steering.take_transfer, steering.send_transfer),
        "refuse_transfer": (steering.take_refusal, steering.send_refusal),
    }
)
# The other buttons of a dialogue.
CHOICES: Mapping[tuple[str, str], Callable[[Request, DialogueState], Answers]] = MappingProxyType(
    {
        ("report", "task"): report.choose_task,
        ("report", "tasks"): report.turn_page,
        ("report", "back"): report.go_back,
        ("report", "leave"): report_asking.leave,
        ("report", "more"): report.ask_more,
        ("report", "skip"): report.skip_question,
        ("report", "preview"): report.end_questions,
        ("report", "day"): report.choose_day,
        ("report", "numbers"): report_numbers.show,
        ("report", "target"): report_numbers.choose,
        ("report", "nonumber"): report_numbers.remove,
        ("return", "time"): review.choose_time,
        ("return", "othertime"): review.ask_time,
        ("agree_extension", "keep"): agreeing.keep_day,
        ("agree_extension", "skip"): agreeing.skip_word,
        ("grant", "skip"): granting.skip_word,
        ("settle", "day"): settling.choose_day,
        ("cover", "who"): handing.choose_who,
        ("settle", "none"): settling.choose_none,
        ("settle", "rule"): settling.choose_rule,
        ("settle", "again"): settling.ask_again,
        ("snooze", "day"): snoozing.choose_day,
        ("assign", "agency"): assign_agencies.choose_agency,
        ("assign", "group"): assign_agencies.choose_group,
        ("assign", "cut"): assign_agencies.cut,
        ("assign", "chosen"): assign_agencies.show,
        ("assign", "drop"): assign_agencies.drop,
        ("assign", "next"): assigning.go_on,
        ("assign", "yes"): assign_deadline.say_yes,
        ("assign", "none"): assign_deadline.choose_none,
        ("assign", "fromtoday"): assign_deadline.count_from_today,
        ("assign", "day"): assign_deadline.choose_day,
        ("assign", "rule"): assign_deadline.choose_rule,
        ("assign", "doc"): assigning.choose_document,
        ("assign", "nodoc"): assigning.choose_no_document,
        ("assign", "back"): assigning.go_back,
        ("assign", "edit"): assigning.edit,
        ("assign", "more"): assigning.add_task,
        ("assign", "remove"): assigning.remove_task,
        ("assign", "nofile"): assigning.drop_file,
        ("assign", "leave"): assigning.leave_out,
        ("agency", "pick"): agency_changes.pick,
        ("agency", "done"): agency_changes.done,
        ("agency", "new"): agency_changes.add_new,
        ("agency", "today"): agency_changes.today,
        ("agency", "skip"): agency_changes.skip_reason,
        ("steer", "agency"): steering.choose_agency,
        ("transfer", "agency"): steering.choose_agency,
        ("transfer", "noagency"): steering.skip_agency,
    }
)


def find_showing(command: str) -> str | None:
    """The command's own name where it only shows something."""
    name = ALIASES.get(command, command)
    return name if name in SHOWING else None


def handle(work: Work, incoming: Incoming, bot_name: str) -> Answers:
    """All that an update leads to. Raises UserError for a refusal, which has changed nothing."""
    if incoming.migrate_to is not None:
        addresses.move_chat(work, incoming.chat_id, incoming.migrate_to)
        return NOTHING
    actor = seats.find_actor(work, incoming.user_id)
    if incoming.callback_id and is_lost(work, incoming.drawn_at):
        raise work.refuse("lost_button", actor.language if actor else None)
    if incoming.membership == "in" and not incoming.is_private:
        return groups.come_in(groups.Room(work, incoming, actor, bot_name))
    if incoming.membership:
        return start.change_membership(work, incoming, actor)
    if not incoming.is_private:
        return _in_group(groups.Room(work, incoming, actor, bot_name))
    if incoming.command == "start" and incoming.argument:
        return start.open_link(work, incoming, actor)
    if actor is None:
        return _stranger(work, incoming)
    request = Request(work, actor, incoming, bot_name)
    if incoming.callback_id:
        return _press(request)
    if incoming.is_edit:
        return _edited(request)
    if incoming.command or incoming.text.lstrip().startswith("/"):
        return _command(request)
    return _words(request)


def _stranger(work: Work, incoming: Incoming) -> Answers:
    if incoming.callback_id:
        return Answers(toast=work.texts().plain("refuse.not_allowed"), alert=True)
    return NOTHING if incoming.is_edit else start.stranger(work, incoming)


def _in_group(room: groups.Room) -> Answers:
    if room.incoming.callback_id:
        return groups.press(room, _press)
    name = ALIASES.get(room.incoming.command, room.incoming.command)
    # Others are meant for another bot of the group.
    if (name in COMMANDS or name in LATER) and not room.incoming.is_edit:
        return groups.command(room, name)
    return groups.reply(room)


def _press(request: Request) -> Answers:
    name, *args = request.incoming.data.split(":")
    request = Request(request.work, request.actor, request.incoming, request.bot_name, tuple(args))
    if name == "dlg":
        return _press_dialogue(request)
    handler = BUTTONS.get(name)
    if handler is None:
        raise request.work.refuse("bad_button", request.actor.language)
    return handler(request)


def _press_dialogue(request: Request) -> Answers:
    if len(request.args) < 2:
        raise request.work.refuse("bad_button", request.actor.language)
    state = get_by_token(request.work, request.actor, request.incoming.chat_id, request.args[0])
    if request.args[1] == "cancel":
        return start.end_draft(request, state)
    if request.args[1] == "send":
        return DIALOGUES[state.name][1](request, state)
    if request.args[1] == "back" and state.name in STEPS:
        step_back(request, state)
        return Answers(edit=DRAFTS[state.name](request, state))
    choice = CHOICES.get((state.name, request.args[1]))
    if choice is None:
        raise request.work.refuse("bad_button", request.actor.language)
    return choice(request, state)


def _edited(request: Request) -> Answers:
    state = find_dialogue(request.work, request.actor, request.incoming.chat_id)
    if state is None:
        return correcting.offer(request)
    if state.name == "report":
        return report.edit_piece(request, state)
    correcting.while_drafting(request)
    raise request.work.refuse("edited", request.actor.language)


def _command(request: Request) -> Answers:
    name = ALIASES.get(request.incoming.command, request.incoming.command)
    if name in LATER:
        raise request.work.refuse("later", request.actor.language, command=name)
    handler = COMMANDS.get(name)
    if handler is None and request.incoming.file is not None:
        raise request.work.refuse("command_with_file", request.actor.language)
    if (wanted := _OF_ROLES.get(name)) is not None and not request.actor.can(wanted):
        raise request.work.refuse("not_allowed_command", request.actor.language)
    if handler is None:
        command = request.incoming.text.split()[0][:40]
        raise request.work.refuse("unknown_command", request.actor.language, command=command)
    return handler(request)


def _words(request: Request) -> Answers:
    """Words, files and photos: for the dialogue one is in, or an answer to a reminder."""
    state = find_dialogue(request.work, request.actor, request.incoming.chat_id)
    replied = report.find_replied(request)
    if replied and (state is None or state.name == "report"):
        return report.take_reply(request, replied)
    if state is not None:
        return DIALOGUES[state.name][0](request, state)
    if request.incoming.is_forwarded and request.actor.can(Action.ASSIGN):
        return assigning.begin_from(request)
    key = "idle" if request.actor.agencies else "idle_secretariat"
    raise Idle(*request.work.refuse(key, request.actor.language).sentences)
