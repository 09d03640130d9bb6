/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sanitizers look at every line that runs, which a few trials make as many of as a million. Where a
 * test needs many for its digits, it takes fewer under a sanitizer. */
#ifndef RC_TESTS_SANITIZED_H
#define RC_TESTS_SANITIZED_H

#if defined __SANITIZE_ADDRESS__ || defined __SANITIZE_THREAD__
enum { SANITIZED = 1 };
#elif defined __has_feature
#    if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
enum { SANITIZED = 1 };
#    else
enum { SANITIZED = 0 };
#    endif
#else
enum { SANITIZED = 0 };
#endif

#endif
