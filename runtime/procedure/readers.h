// One reader per kind of section: from its outline to the typed items. Internal to the folder; parse.cpp calls them.
//
// Thread rule: pure functions that append to the procedure they are given.
#pragma once

#include <string>
#include <string_view>

#include "procedure/outline.h"
#include "procedure/procedure.h"

namespace deskhand::procedure {

// Takes "---" front matter off the beginning (its lines become blank so that line numbers stay) and reads it into the
// header.
std::string take_front_matter(std::string_view text, Header& header);
// The heading of the document and the "**Version:** 1.0" lines, bullets or table below it.
void read_title(const Prose& title, Header& header);
// Returns the blocks that were no header lines.
std::vector<Block> read_header_lines(const std::vector<Block>& blocks, Header& header);

void read_purpose(const Section& section, Procedure& procedure);
void read_scope(const Section& section, Procedure& procedure);
void read_data(const Section& section, Procedure& procedure);
void read_activation(const Section& section, Procedure& procedure);
void read_behaviours(const Section& section, Procedure& procedure);
void read_triggers(const Section& section, Procedure& procedure);
void read_trigger(const Section& section, Procedure& procedure);
void read_requests(const Section& section, Procedure& procedure);
void read_request(const Section& section, Procedure& procedure);
void read_drafts(const Section& section, Procedure& procedure);
void read_integrations(const Section& section, Procedure& procedure);
void read_sequences(const Section& section, Procedure& procedure);
// Whether a section is a table of stages that says when sequences start or how long a lead may stand in one.
bool is_stage_table(const Section& section);
void read_stages(const Section& section, Procedure& procedure);
void read_hard_stops(const Section& section, Procedure& procedure);

// "Add a new customer" and "Log a call" of a heading such as: "Add a new customer" or "New client".
std::vector<Text> request_patterns(const Prose& title, const std::string& file);

// A sentence that forbids: "No ...", "Never ...", "Do not ...", "Nothing ...".
bool is_prohibition(std::string_view text);

void add_warning(Procedure& procedure, int line, std::string message);

}  // namespace deskhand::procedure
