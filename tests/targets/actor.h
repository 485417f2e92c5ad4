// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace Quay::Test {

/**
 * Does with listening sockets what a driver tells it to, one command a line, and answers each when it is done.
 *
 * Every answer is `OK WORD...`; sockets are named by their inode.
 *   listen               opens a listener                                        -> OK INODE
 *   share INODE keep     forks a child that inherits it                          -> OK CHILDPID
 *   share INODE close    the same, and closes the actor's own                    -> OK CHILDPID
 *   exec INODE keep|close  as share, and the child executes another program      -> OK CHILDPID
 *   send INODE MAILBOX keep|close  passes it to another actor                    -> OK
 *   receive              takes what was passed                                   -> OK INODE
 *   close INODE          closes the actor's own and ends the children that it shared it with -> OK
 *   shift INODE          moves it to another descriptor number                   -> OK
 *
 * The first line it says is `READY pid=PID mailbox=NAME`.
 */
[[noreturn]] void runActor();

} // namespace Quay::Test
