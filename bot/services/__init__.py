"""One function a use case, one transaction each: state, audit event and messages, all or nothing."""
