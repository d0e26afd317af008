#include "app/command_line.h"

int main(int count, char** words) {
  return deskhand::app::run_command_line(count, words, DESKHAND_SHARE_DIR, DESKHAND_VERSION);
}
