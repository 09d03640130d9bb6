// SPDX-License-Identifier: GPL-3.0-or-later
// The header works in C++ too.
#include <roicast/roicast.h>

#include <cstdio>

int main(int argc, char **argv) {
    rc_study *study = rc_study_open(argc > 1 ? argv[1] : "-");
    int status = rc_study_status(study);
    std::fputs(rc_study_diagnostics(study), stderr);
    rc_study_free(study);
    return status;
}
