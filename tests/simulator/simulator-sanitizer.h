/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* For the one source file of a program that runs a server.  libsoup 3.2 loses
 * a socket per connection and an address per listener; nothing else of ours
 * goes through these two functions.  Debian's GLib has no frame pointers, so
 * the stacks need the slow unwinder to be recognised. */
#ifdef __SANITIZE_ADDRESS__

const char *__asan_default_options (void);
const char *__lsan_default_suppressions (void);

const char *
__asan_default_options (void)
{
  return "fast_unwind_on_malloc=0";
}

const char *
__lsan_default_suppressions (void)
{
  return "leak:g_socket_accept\nleak:g_socket_get_local_address\n";
}

#endif
