#include <thread>

#include "store_fixture.h"

namespace deskhand::testing {
namespace {

constexpr std::int64_t kDay = 24 * 3600;

Done just(auto&& result) { return result ? Done{} : Done(result.error()); }

TEST_P(StoreConformance, an_approval_comes_back_as_it_was_asked_and_always_starts_undecided) {
  Approval asked = card(ApprovalKind::win, "win\0it", clock_.now());
  asked.canonical = std::string("win\0it", 6);
  asked.fingerprint = sha256_hex(asked.canonical);
  asked.status = ApprovalStatus::approved;
  asked.stamps = {{Noun::lead, "some id", 3}};
  asked.procedure_version = "crm 1.0 3f2a";
  asked.note = "why";
  write([&](Txn& txn) { asked = must(txn.approvals().insert(asked)); });
  read([&](Txn& txn) {
    const Approval back = must(txn.approvals().find_by_ref(1));
    EXPECT_EQ(back.status, ApprovalStatus::pending);
    EXPECT_EQ(back.canonical, asked.canonical);
    EXPECT_EQ(back.canonical.size(), 6u);
    ASSERT_EQ(back.stamps.size(), 1u);
    EXPECT_EQ(back.stamps[0].version, 3);
    EXPECT_EQ(back.procedure_version, asked.procedure_version);
    EXPECT_EQ(back.expires_at, asked.expires_at);
    EXPECT_FALSE(back.decided_at.has_value());
    EXPECT_EQ(must(txn.approvals().count_pending()), 1);
    EXPECT_EQ(must(txn.approvals().pending(10)).size(), 1u);
  });
}

TEST_P(StoreConformance, a_fingerprint_that_is_not_of_the_bytes_is_refused) {
  Approval asked = card(ApprovalKind::win, "bytes", clock_.now());
  asked.fingerprint = sha256_hex("other bytes");
  EXPECT_FALSE(try_write([&](Txn& txn) { return just(txn.approvals().insert(asked)); }));
}

TEST_P(StoreConformance, one_decision_wins_and_the_others_hear_that_it_was_made) {
  Approval asked;
  write([&](Txn& txn) { asked = must(txn.approvals().insert(card(ApprovalKind::win, "bytes", clock_.now()))); });
  ApprovalDecision no = yes(asked);
  no.status = ApprovalStatus::rejected;
  no.note = "not yet";
  write([&](Txn& txn) {
    const Approval decided = must(txn.approvals().decide(asked.id, no));
    EXPECT_EQ(decided.status, ApprovalStatus::rejected);
    EXPECT_EQ(decided.decided_by, owner_.id);
    EXPECT_EQ(decided.note, "not yet");
  });
  const Done late = try_write([&](Txn& txn) { return just(txn.approvals().decide(asked.id, yes(asked))); });
  EXPECT_EQ(code_of(late), Code::conflict);
  EXPECT_NE(late.error().message.find("already rejected"), std::string::npos) << late.error().message;
}

TEST_P(StoreConformance, fifty_yeses_at_once_make_one) {
  Approval asked;
  write([&](Txn& txn) { asked = must(txn.approvals().insert(card(ApprovalKind::win, "bytes", clock_.now()))); });
  std::atomic<int> won{0}, conflicts{0};
  {
    std::vector<std::jthread> threads;
    for (int number = 0; number < 50; ++number) {
      threads.emplace_back([&] {
        const Done done = try_write([&](Txn& txn) { return just(txn.approvals().decide(asked.id, yes(asked))); });
        if (done)
          ++won;
        else if (done.error().code == Code::conflict)
          ++conflicts;
      });
    }
  }
  EXPECT_EQ(won, 1);
  EXPECT_EQ(conflicts, 49);
  expect_verified();
}

TEST_P(StoreConformance, a_yes_for_other_bytes_or_after_expiry_is_no_yes) {
  Approval asked;
  write([&](Txn& txn) { asked = must(txn.approvals().insert(card(ApprovalKind::win, "bytes", clock_.now()))); });
  ApprovalDecision other = yes(asked);
  other.fingerprint = sha256_hex("other");
  EXPECT_EQ(code_of(try_write([&](Txn& txn) { return just(txn.approvals().decide(asked.id, other)); })),
            Code::conflict);
  other.fingerprint = "";
  EXPECT_EQ(code_of(try_write([&](Txn& txn) { return just(txn.approvals().decide(asked.id, other)); })),
            Code::conflict);
  clock_.advance_seconds(14 * kDay);
  const Done late = try_write([&](Txn& txn) { return just(txn.approvals().decide(asked.id, yes(asked))); });
  EXPECT_EQ(code_of(late), Code::conflict);
  EXPECT_NE(late.error().message.find("expired"), std::string::npos);
}

TEST_P(StoreConformance, only_the_owner_says_yes_and_others_to_messages_where_allowed) {
  User tech = owner_named("tim");
  tech.role = UserRole::tech;
  User allowed = owner_named("ann");
  allowed.role = UserRole::member;
  allowed.may_approve_messages = true;
  User gone = owner_named("old");
  gone.active = false;
  write([&](Txn& txn) {
    tech = must(txn.org().insert(tech));
    allowed = must(txn.org().insert(allowed));
    gone = must(txn.org().insert(gone));
  });
  const auto decide = [&](ApprovalKind kind, const UserId& by) {
    return try_write([&](Txn& txn) -> Done {
      auto asked = txn.approvals().insert(card(kind, "bytes", clock_.now()));
      if (!asked) return asked.error();
      ApprovalDecision decision = yes(*asked);
      decision.by = by;
      return just(txn.approvals().decide(asked->id, decision));
    });
  };
  EXPECT_EQ(code_of(decide(ApprovalKind::send_message, tech.id)), Code::forbidden);
  EXPECT_EQ(code_of(decide(ApprovalKind::send_message, gone.id)), Code::forbidden);
  EXPECT_FALSE(decide(ApprovalKind::send_message, {}));
  EXPECT_EQ(code_of(decide(ApprovalKind::win, allowed.id)), Code::forbidden);
  must(decide(ApprovalKind::send_message, allowed.id));
  must(decide(ApprovalKind::win, owner_.id));
}

TEST_P(StoreConformance, a_card_closes_once_and_later_moves_its_reminder) {
  Approval asked;
  const Contact ana = add(person("Ana", "Ruiz"));
  write([&](Txn& txn) {
    Approval one = card(ApprovalKind::win, "bytes", clock_.now());
    one.contact = ana.id;
    asked = must(txn.approvals().insert(one));
    must(txn.approvals().set_remind_at(asked.id, clock_.now().plus_seconds(kDay)));
    EXPECT_EQ(must(txn.approvals().find(asked.id)).remind_at, clock_.now().plus_seconds(kDay));
    EXPECT_EQ(must(txn.approvals().pending_of_contact(ana.id)).size(), 1u);
    must(txn.approvals().close(asked.id, ApprovalStatus::superseded, "merged", clock_.now()));
  });
  read([&](Txn& txn) {
    EXPECT_EQ(must(txn.approvals().find(asked.id)).note, "merged");
    EXPECT_TRUE(must(txn.approvals().pending_of_contact(ana.id)).empty());
    EXPECT_EQ(must(txn.approvals().recent(5)).size(), 1u);
  });
  EXPECT_EQ(code_of(try_write(
                [&](Txn& txn) { return txn.approvals().close(asked.id, ApprovalStatus::expired, "", clock_.now()); })),
            Code::conflict);
  EXPECT_EQ(code_of(try_write([&](Txn& txn) { return txn.approvals().set_remind_at(asked.id, clock_.now()); })),
            Code::conflict);
  EXPECT_FALSE(
      try_write([&](Txn& txn) { return txn.approvals().close(asked.id, ApprovalStatus::approved, "", clock_.now()); }));
  EXPECT_EQ(code_of(try_write([&](Txn& txn) {
              return txn.approvals().close(ApprovalId("none"), ApprovalStatus::expired, "", clock_.now());
            })),
            Code::not_found);
}

TEST_P(StoreConformance, pending_cards_of_a_draft_are_those_of_all_its_revisions) {
  Message draft, revised;
  write([&](Txn& txn) {
    draft = must(txn.messages().insert(draft));
    revised.draft_root = draft.id;
    revised.revision = 2;
    revised = must(txn.messages().insert(revised));
    for (const MessageId& id : {draft.id, revised.id}) {
      Approval asked = card(ApprovalKind::send_message, "bytes" + id.text(), clock_.now());
      asked.message = id;
      must(txn.approvals().insert(asked));
    }
    EXPECT_EQ(must(txn.approvals().pending_of_message(draft.id)).size(), 2u);
  });
}

// What queues one approved message, as the send tool does it.
class Sending {
 public:
  Sending(Txn& txn, Instant now) : txn_(txn), now_(now) {}

  Result<Grant> grant(const Approval& approval) {
    Grant grant;
    grant.approval = approval.id;
    grant.fingerprint = approval.fingerprint;
    grant.granted_by = approval.decided_by;
    grant.granted_at = now_;
    grant.expires_at = now_.plus_seconds(14 * kDay);
    return txn_.approvals().insert(grant);
  }
  Result<OutboxRow> queue(const Grant& grant, const std::string& bytes,
                          EffectKind kind = EffectKind::customer_message) {
    OutboxRow row;
    row.kind = kind;
    row.grant = grant.id;
    row.approval = grant.approval;
    row.canonical = bytes;
    row.fingerprint = sha256_hex(bytes);
    row.not_before = now_;
    row.expires_at = now_.plus_seconds(14 * kDay);
    return txn_.outbox().insert(row);
  }
  Result<OutboxRow> send(const Approval& approval) {
    Result<Grant> granted = grant(approval);
    if (!granted) return granted.error();
    return queue(*granted, approval.canonical);
  }

 private:
  Txn& txn_;
  Instant now_;
};

TEST_P(StoreConformance, no_grant_without_an_approved_approval_of_the_same_bytes) {
  Approval pending;
  write([&](Txn& txn) {
    pending = must(txn.approvals().insert(card(ApprovalKind::send_message, "bytes", clock_.now())));
  });
  pending.decided_by = owner_.id;
  EXPECT_EQ(code_of(try_write([&](Txn& txn) { return just(Sending(txn, clock_.now()).grant(pending)); })),
            Code::forbidden);
  Approval other = approved(ApprovalKind::send_message, "bytes");
  other.fingerprint = sha256_hex("other bytes");
  EXPECT_EQ(code_of(try_write([&](Txn& txn) { return just(Sending(txn, clock_.now()).grant(other)); })),
            Code::forbidden);
  Approval none = other;
  none.id = {};
  EXPECT_EQ(code_of(try_write([&](Txn& txn) { return just(Sending(txn, clock_.now()).grant(none)); })),
            Code::forbidden);
}

TEST_P(StoreConformance, no_customer_row_without_a_live_grant_for_its_bytes) {
  const Approval approval = approved(ApprovalKind::send_message, "bytes");
  const auto queue_with = [&](auto change) {
    return try_write([&](Txn& txn) -> Done {
      Sending sending(txn, clock_.now());
      auto grant = sending.grant(approval);
      if (!grant) return grant.error();
      return change(txn, sending, *grant);
    });
  };
  // No grant, another's bytes, a revoked one, an approval of another kind.
  EXPECT_EQ(code_of(queue_with([&](Txn&, Sending& sending, Grant&) { return just(sending.queue({}, "bytes")); })),
            Code::forbidden);
  EXPECT_EQ(
      code_of(queue_with([&](Txn&, Sending& sending, Grant& grant) { return just(sending.queue(grant, "other")); })),
      Code::forbidden);
  EXPECT_EQ(code_of(queue_with([&](Txn& txn, Sending& sending, Grant& grant) {
              must(txn.approvals().revoke(grant.id, clock_.now()));
              return just(sending.queue(grant, "bytes"));
            })),
            Code::forbidden);
  EXPECT_EQ(code_of(queue_with([&](Txn&, Sending& sending, Grant& grant) {
              return just(sending.queue(grant, "bytes", EffectKind::quickbooks_customer));
            })),
            Code::forbidden);
  // A fingerprint that is not of the bytes does not help.
  EXPECT_EQ(code_of(queue_with([&](Txn& txn, Sending&, Grant& grant) {
              OutboxRow row;
              row.grant = grant.id;
              row.canonical = "other";
              row.fingerprint = grant.fingerprint;
              row.expires_at = clock_.now().plus_seconds(kDay);
              return just(txn.outbox().insert(row));
            })),
            Code::forbidden);
  must(queue_with([&](Txn& txn, Sending& sending, Grant& grant) -> Done {
    const OutboxRow row = must(sending.queue(grant, "bytes"));
    EXPECT_EQ(row.state, OutboxState::queued);
    EXPECT_EQ(must(txn.approvals().find_grant(grant.id)).outbox, row.id);
    // One grant, one row.
    EXPECT_FALSE(sending.queue(grant, "bytes"));
    return {};
  }));
  expect_verified();
}

TEST_P(StoreConformance, a_win_does_not_allow_a_message) {
  const Approval approval = approved(ApprovalKind::win, "bytes");
  EXPECT_EQ(code_of(try_write([&](Txn& txn) { return just(Sending(txn, clock_.now()).send(approval)); })),
            Code::forbidden);
}

TEST_P(StoreConformance, a_message_is_attempted_once_and_settled_once) {
  const Approval approval = approved(ApprovalKind::send_message, "bytes");
  OutboxRow row;
  write([&](Txn& txn) { row = must(Sending(txn, clock_.now()).send(approval)); });
  write([&](Txn& txn) {
    const OutboxRow begun = must(txn.outbox().begin_attempt(row.id, clock_.now()));
    EXPECT_EQ(begun.state, OutboxState::attempting);
    EXPECT_EQ(begun.attempts, 1);
    EXPECT_EQ(must(txn.approvals().find_grant(row.grant)).used_at, clock_.now());
  });
  EXPECT_EQ(code_of(try_write([&](Txn& txn) { return just(txn.outbox().begin_attempt(row.id, clock_.now())); })),
            Code::conflict);
  write([&](Txn& txn) {
    const OutboxRow sent =
        must(txn.outbox().settle(row.id, OutboxState::attempting, OutboxState::sent, "250 ok", clock_.now(), {}));
    EXPECT_EQ(sent.state, OutboxState::sent);
    EXPECT_EQ(sent.result, "250 ok");
    EXPECT_EQ(sent.settled_at, clock_.now());
    EXPECT_EQ(must(txn.outbox().count_sent_since(clock_.now())), 1);
    EXPECT_EQ(must(txn.outbox().count_sent_since(clock_.now().plus_seconds(1))), 0);
  });
  EXPECT_EQ(
      code_of(try_write([&](Txn& txn) {
        return just(txn.outbox().settle(row.id, OutboxState::attempting, OutboxState::refused, "", clock_.now(), {}));
      })),
      Code::conflict);
  write([&](Txn& txn) {
    must(txn.outbox().settle(row.id, OutboxState::sent, OutboxState::bounced, "550", clock_.now(), {}));
  });
  expect_verified();
}

TEST_P(StoreConformance, a_try_that_provably_failed_makes_the_grant_live_again_for_its_row) {
  const Approval approval = approved(ApprovalKind::send_message, "bytes");
  OutboxRow row;
  write([&](Txn& txn) { row = must(Sending(txn, clock_.now()).send(approval)); });
  const Instant later = clock_.now().plus_seconds(600);
  write([&](Txn& txn) {
    must(txn.outbox().begin_attempt(row.id, clock_.now()));
    EXPECT_FALSE(txn.outbox().settle(row.id, OutboxState::attempting, OutboxState::queued, "421", clock_.now(), {}));
    EXPECT_FALSE(txn.outbox().settle(row.id, OutboxState::attempting, OutboxState::sent, "", clock_.now(), later));
    row = must(txn.outbox().settle(row.id, OutboxState::attempting, OutboxState::queued, "421", clock_.now(), later));
    EXPECT_EQ(row.not_before, later);
    EXPECT_FALSE(must(txn.approvals().find_grant(row.grant)).used_at.has_value());
  });
  EXPECT_EQ(code_of(try_write([&](Txn& txn) { return just(txn.outbox().begin_attempt(row.id, clock_.now())); })),
            Code::conflict);
  clock_.advance_seconds(600);
  write([&](Txn& txn) { EXPECT_EQ(must(txn.outbox().begin_attempt(row.id, clock_.now())).attempts, 2); });
}

TEST_P(StoreConformance, not_configured_keeps_the_grant) {
  const Approval approval = approved(ApprovalKind::create_quickbooks_customer, "bytes");
  write([&](Txn& txn) {
    Sending sending(txn, clock_.now());
    const OutboxRow row = must(sending.queue(must(sending.grant(approval)), "bytes", EffectKind::quickbooks_customer));
    must(txn.outbox().begin_attempt(row.id, clock_.now()));
    must(txn.outbox().settle(row.id, OutboxState::attempting, OutboxState::not_configured, "no connector", clock_.now(),
                             {}));
    EXPECT_FALSE(must(txn.approvals().find_grant(row.grant)).used_at.has_value());
    must(txn.outbox().settle(row.id, OutboxState::not_configured, OutboxState::queued, "", clock_.now(), clock_.now()));
    must(txn.outbox().begin_attempt(row.id, clock_.now()));
  });
  expect_verified();
}

TEST_P(StoreConformance, an_unknown_delivery_keeps_its_grant_used) {
  const Approval approval = approved(ApprovalKind::send_message, "bytes");
  write([&](Txn& txn) {
    const OutboxRow row = must(Sending(txn, clock_.now()).send(approval));
    must(txn.outbox().begin_attempt(row.id, clock_.now()));
    must(txn.outbox().settle(row.id, OutboxState::attempting, OutboxState::delivery_unknown, "cut off", clock_.now(),
                             {}));
    EXPECT_TRUE(must(txn.approvals().find_grant(row.grant)).used_at.has_value());
    EXPECT_FALSE(txn.outbox().begin_attempt(row.id, clock_.now()));
    EXPECT_EQ(must(txn.outbox().count_sent_since(clock_.now())), 1);  // it may have left
  });
}

TEST_P(StoreConformance, nothing_leaves_early_late_or_after_its_grant_was_revoked) {
  const auto queued = [&](std::int64_t from_now_s, std::int64_t lives_s) {
    const Approval approval = approved(ApprovalKind::send_message, "bytes" + std::to_string(from_now_s));
    OutboxRow row;
    write([&](Txn& txn) {
      Sending sending(txn, clock_.now());
      const Grant grant = must(sending.grant(approval));
      row.kind = EffectKind::customer_message;
      row.grant = grant.id;
      row.canonical = approval.canonical;
      row.fingerprint = approval.fingerprint;
      row.not_before = clock_.now().plus_seconds(from_now_s);
      row.expires_at = clock_.now().plus_seconds(lives_s);
      row = must(txn.outbox().insert(row));
    });
    return row;
  };
  const auto begin = [&](const OutboxRow& row) {
    return try_write([&](Txn& txn) { return just(txn.outbox().begin_attempt(row.id, clock_.now())); });
  };
  const OutboxRow early = queued(10, kDay), revoked = queued(0, kDay), late = queued(1, 5);
  EXPECT_EQ(code_of(begin(early)), Code::conflict);
  write([&](Txn& txn) { must(txn.approvals().revoke(revoked.grant, clock_.now())); });
  EXPECT_EQ(code_of(begin(revoked)), Code::conflict);
  clock_.advance_seconds(10);
  EXPECT_EQ(code_of(begin(late)), Code::conflict);
  must(begin(early));
}

TEST_P(StoreConformance, a_grant_expires) {
  const Approval approval = approved(ApprovalKind::send_message, "bytes");
  OutboxRow row;
  write([&](Txn& txn) {
    Sending sending(txn, clock_.now());
    Grant grant;
    grant.approval = approval.id;
    grant.fingerprint = approval.fingerprint;
    grant.granted_at = clock_.now();
    grant.expires_at = clock_.now().plus_seconds(5);
    row = must(sending.queue(must(txn.approvals().insert(grant)), "bytes"));
  });
  clock_.advance_seconds(5);
  EXPECT_EQ(code_of(try_write([&](Txn& txn) { return just(txn.outbox().begin_attempt(row.id, clock_.now())); })),
            Code::conflict);
}

TEST_P(StoreConformance, automatic_sending_is_the_owners_counted_and_ends) {
  User tech = owner_named("tim");
  tech.role = UserRole::tech;
  write([&](Txn& txn) { tech = must(txn.org().insert(tech)); });
  Grant standing;
  standing.standing = true;
  standing.template_stage = "inquiry";
  standing.channel = "email";
  standing.uses_max = 2;
  standing.granted_at = clock_.now();
  standing.expires_at = clock_.now().plus_seconds(kDay);
  standing.granted_by = tech.id;
  EXPECT_EQ(code_of(try_write([&](Txn& txn) { return just(txn.approvals().insert(standing)); })), Code::forbidden);
  standing.granted_by = owner_.id;
  write([&](Txn& txn) { standing = must(txn.approvals().insert(standing)); });

  Approval automatic;  // stands for no approval: only the bytes matter
  automatic.canonical = "bytes";
  automatic.fingerprint = sha256_hex("bytes");
  const auto send = [&](bool counted) {
    return try_write([&](Txn& txn) -> Done {
      if (counted)
        if (Done done = txn.approvals().count_use(standing.id, clock_.now()); !done) return done;
      return just(Sending(txn, clock_.now()).send(automatic));
    });
  };
  EXPECT_EQ(code_of(send(false)), Code::forbidden);  // a use that was not counted
  must(send(true));
  EXPECT_EQ(code_of(send(false)), Code::forbidden);
  must(send(true));
  EXPECT_EQ(code_of(send(true)), Code::conflict);  // used up
  read([&](Txn& txn) {
    EXPECT_TRUE(must(txn.approvals().standing_grants(clock_.now())).empty());
    EXPECT_EQ(must(txn.approvals().all_standing_grants(5)).size(), 1u);
    EXPECT_EQ(must(txn.approvals().find_grant_by_ref(standing.head.ref_number)).uses, 2);
  });
  EXPECT_EQ(code_of(try_write(
                [&](Txn& txn) { return txn.approvals().count_use(standing.id, clock_.now().plus_seconds(2 * kDay)); })),
            Code::conflict);
  write([&](Txn& txn) { must(txn.approvals().revoke(standing.id, clock_.now())); });
  EXPECT_EQ(code_of(try_write([&](Txn& txn) { return txn.approvals().revoke(standing.id, clock_.now()); })),
            Code::conflict);
  expect_verified();
}

TEST_P(StoreConformance, a_notice_goes_only_to_an_active_user_of_the_org) {
  const Org other = must(system_->create_org(business("other"), owner_named("eve")));
  UserId eve;
  must(store_->read(other.id, [&](Txn& txn) -> Done {
    eve = must(txn.org().find_user_by_login("eve")).id;
    return {};
  }));
  OutboxRow notice;
  notice.kind = EffectKind::owner_notice;
  notice.canonical = "A new lead";
  notice.expires_at = clock_.now().plus_seconds(kDay);
  const auto queue_for = [&](const UserId& user) {
    return try_write([&](Txn& txn) {
      notice.notice_to = user;
      return just(txn.outbox().insert(notice));
    });
  };
  EXPECT_EQ(code_of(queue_for({})), Code::forbidden);
  EXPECT_FALSE(queue_for(eve));
  must(queue_for(owner_.id));
  User gone = owner_;
  gone.active = false;
  write([&](Txn& txn) { must(txn.org().update(gone)); });
  EXPECT_EQ(code_of(queue_for(owner_.id)), Code::forbidden);
}

TEST_P(StoreConformance, a_leased_row_is_given_to_one_worker_until_its_lease_ends) {
  const Approval approval = approved(ApprovalKind::send_message, "bytes");
  OutboxRow row;
  write([&](Txn& txn) { row = must(Sending(txn, clock_.now()).send(approval)); });
  const auto lease = [&] { return must(system_->lease_outbox(clock_.now(), 60, 10)).size(); };
  EXPECT_EQ(lease(), 1u);
  EXPECT_EQ(lease(), 0u);
  clock_.advance_seconds(60);
  EXPECT_EQ(lease(), 1u);
  write([&](Txn& txn) { must(txn.outbox().begin_attempt(row.id, clock_.now())); });
  EXPECT_TRUE(must(system_->stranded_outbox(clock_.now(), 10)).empty());
  clock_.advance_seconds(limits::kOutboxLeaseSeconds);
  const auto stranded = must(system_->stranded_outbox(clock_.now(), 10));
  ASSERT_EQ(stranded.size(), 1u);
  EXPECT_EQ(stranded[0].id, row.id);
  EXPECT_EQ(stranded[0].org, org_.id);
  EXPECT_EQ(lease(), 0u);
  expect_verified();
}

TEST_P(StoreConformance, outbox_rows_are_listed_by_state_and_by_message) {
  Message message;
  write([&](Txn& txn) { message = must(txn.messages().insert(message)); });
  const Approval approval = approved(ApprovalKind::send_message, "bytes");
  OutboxRow row;
  write([&](Txn& txn) {
    Sending sending(txn, clock_.now());
    row.grant = must(sending.grant(approval)).id;
    row.message = message.id;
    row.canonical = "bytes";
    row.fingerprint = sha256_hex("bytes");
    row.request_id = "<1@x>";
    row.expires_at = clock_.now().plus_seconds(kDay);
    row = must(txn.outbox().insert(row));
  });
  read([&](Txn& txn) {
    EXPECT_EQ(must(txn.outbox().list(std::nullopt, 5)).size(), 1u);
    EXPECT_EQ(must(txn.outbox().list(OutboxState::queued, 5)).size(), 1u);
    EXPECT_TRUE(must(txn.outbox().list(OutboxState::sent, 5)).empty());
    EXPECT_EQ(must(txn.outbox().of_message(message.id)).size(), 1u);
    EXPECT_EQ(must(txn.outbox().find_by_ref(1)).request_id, "<1@x>");
    EXPECT_EQ(must(txn.outbox().find(row.id)).canonical, "bytes");
  });
}

}  // namespace
}  // namespace deskhand::testing
