// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/processes/project.h"

#include "core/base/readfile.h"
#include "core/base/result.h"
#include "core/processes/gitfiles.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstddef>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include <dirent.h>
#include <sys/stat.h>

namespace Quay {

namespace {

constexpr std::size_t GitFileLimitBytes = 8192; // a path or a reference; PATH_MAX is 4096
constexpr std::size_t MostLevels = 64;
constexpr std::size_t MostAnswers = 4096;
constexpr std::size_t MostEntriesRead = 2000;

/// Trees of the distribution, in which nobody develops.
constexpr std::array<std::string_view, 13> SystemTrees{"/bin", "/boot", "/dev",  "/etc",  "/lib", "/lib32", "/lib64",
                                                       "/nix", "/proc", "/sbin", "/snap", "/sys", "/usr"};
/// What is in them all the same.
constexpr std::array<std::string_view, 2> SourceTrees{"/usr/src", "/usr/local/src"};
/// Directories that hold projects and are none.
constexpr std::array<std::string_view, 13> Holders{"/",         "/home",    "/media",  "/mnt", "/opt",
                                                   "/root",     "/run",     "/srv",    "/tmp", "/var",
                                                   "/var/home", "/var/lib", "/var/tmp"};
/// Directories whose children are home directories. Fedora's immutable systems have theirs in /var.
constexpr std::array<std::string_view, 2> HomeParents{"/home", "/var/home"};
/// Directories of other people's packages: their project files are not ours.
constexpr std::array<std::string_view, 4> PackageDirectories{"/node_modules/", "/site-packages/", "/dist-packages/",
                                                             "/.cargo/registry/"};

constexpr std::array ProjectFiles{"package.json",
                                  "pyproject.toml",
                                  "Cargo.toml",
                                  "go.mod",
                                  "pom.xml",
                                  "build.gradle",
                                  "build.gradle.kts",
                                  "settings.gradle",
                                  "settings.gradle.kts",
                                  "Gemfile",
                                  "composer.json",
                                  "mix.exs",
                                  "manage.py",
                                  "CMakeLists.txt",
                                  "meson.build",
                                  "deno.json",
                                  "deno.jsonc",
                                  "setup.py",
                                  "requirements.txt",
                                  "Pipfile",
                                  "pubspec.yaml",
                                  "Package.swift",
                                  "build.sbt",
                                  "build.zig",
                                  "dune-project",
                                  "stack.yaml",
                                  "rebar.config",
                                  "project.clj",
                                  "shard.yml",
                                  "compose.yaml",
                                  "docker-compose.yml",
                                  "quaymaster.yaml",
                                  "Procfile"};
constexpr std::array<std::string_view, 5> ProjectSuffixes{".csproj", ".fsproj", ".vbproj", ".sln", ".cabal"};

std::string parentOf(const std::string &path)
{
    const auto slash = path.rfind('/');
    return slash == 0 ? "/" : path.substr(0, slash);
}

std::string nameOf(const std::string &path)
{
    return path.substr(path.rfind('/') + 1);
}

bool isAtOrBelow(std::string_view path, std::string_view tree)
{
    return path.starts_with(tree) && (path.size() == tree.size() || path[tree.size()] == '/');
}

std::string withoutFinalSlash(std::string path)
{
    while (path.size() > 1 && path.ends_with('/')) {
        path.pop_back();
    }
    return path;
}

std::optional<struct stat> statusOf(const std::string &path)
{
    struct stat status = {};
    if (::stat(path.c_str(), &status) != 0) {
        return std::nullopt;
    }
    return status;
}

/// Reads what git wrote. Only regular files: opening a FIFO that somebody put there would never return.
Result<std::string> readGitFile(const std::string &path)
{
    struct stat status = {};
    if (::stat(path.c_str(), &status) != 0) {
        return failErrno(errno, path);
    }
    if (!S_ISREG(status.st_mode)) {
        return fail(ErrorCode::Malformed, path);
    }
    return readFile(path, GitFileLimitBytes);
}

/// Where the repository of a directory is.
struct GitDirectory
{
    std::string path; ///< Holds HEAD.
    bool isElsewhere = false; ///< Named by a `.git` file: a linked worktree, a submodule.
};

std::optional<GitDirectory> gitDirectoryOf(const std::string &root)
{
    const std::string path = root + "/.git";
    const auto status = statusOf(path);
    if (!status) {
        return std::nullopt;
    }
    if (S_ISDIR(status->st_mode)) {
        return GitDirectory{.path = path};
    }
    const auto text = readGitFile(path);
    if (!text) {
        return std::nullopt;
    }
    auto directory = parseGitFile(root, *text);
    if (!directory) {
        return std::nullopt;
    }
    return GitDirectory{.path = std::move(*directory), .isElsewhere = true};
}

/// Nothing when @p root is not the root of a working tree.
std::optional<Project> gitProject(const std::string &root, const GitDirectory &git)
{
    Project project{.root = root, .name = nameOf(root), .branch = {}, .commit = {}, .worktree = {}};
    const auto head = readGitFile(git.path + "/HEAD");
    if (head) {
        auto [branch, commit] = parseGitHead(*head);
        project.branch = std::move(branch);
        project.commit = std::move(commit);
    } else if (head.error().code == ErrorCode::Gone && !git.isElsewhere) {
        return std::nullopt; // git does not take an empty `.git` for a repository either
    }
    if (!git.isElsewhere) {
        return project;
    }
    if (const auto common = readGitFile(git.path + "/commondir")) {
        auto name = parseCommonDirName(git.path, *common);
        project.worktree = project.name;
        project.name = name.empty() ? project.name : std::move(name);
    }
    return project;
}

bool hasFileWithProjectSuffix(const std::string &directory)
{
    const std::unique_ptr<DIR, int (*)(DIR *)> stream(::opendir(directory.c_str()), &::closedir);
    if (!stream) {
        return false;
    }
    for (std::size_t count = 0; count < MostEntriesRead; ++count) {
        const dirent *const entry = ::readdir(stream.get()); // NOLINT(concurrency-mt-unsafe): the stream is ours alone
        if (entry == nullptr) {
            return false;
        }
        const std::string_view name(static_cast<const char *>(entry->d_name));
        if (std::ranges::any_of(ProjectSuffixes, [name](auto suffix) { return name.ends_with(suffix); })) {
            return true;
        }
    }
    return false;
}

bool hasProjectFile(const std::string &directory)
{
    const std::string inside = directory + '/';
    const bool isPackage = std::ranges::any_of(PackageDirectories,
                                               [&inside](auto part) { return inside.find(part) != std::string::npos; });
    if (isPackage) {
        return false;
    }
    return std::ranges::any_of(ProjectFiles,
                               [&inside](const char *name) { return statusOf(inside + name).has_value(); })
        || hasFileWithProjectSuffix(directory);
}

} // namespace

std::vector<std::string> homesOf(std::string home)
{
    if (home.empty()) {
        return {};
    }
    home = withoutFinalSlash(std::move(home));
    std::error_code error;
    std::string real = std::filesystem::canonical(home, error).string();
    return error || real == home ? std::vector{std::move(home)} : std::vector{std::move(real), std::move(home)};
}

ProjectFinder::ProjectFinder(std::vector<std::string> homes)
    : m_homes(std::move(homes))
{
}

ProjectPtr ProjectFinder::find(const std::string &directory)
{
    if (!directory.starts_with('/')) {
        return nullptr; // `(unreachable)/...`, see getcwd(3)
    }
    std::string path = withoutFinalSlash(directory);
    if (const auto known = m_answers.find(path); known != m_answers.end()) {
        if (isStillTrue(known->second)) {
            return known->second.project;
        }
        m_answers.erase(known);
    }
    if (m_answers.size() >= MostAnswers) {
        m_answers.clear();
        m_projects.clear();
    }
    auto answer = look(path);
    auto project = answer.project;
    m_answers.emplace(std::move(path), std::move(answer));
    return project;
}

ProjectFinder::Witness ProjectFinder::witness(std::string path)
{
    std::optional<Stamp> stamp;
    if (const auto status = statusOf(path)) {
        stamp = Stamp{.inode = status->st_ino,
                      .modifiedSeconds = status->st_mtim.tv_sec,
                      .modifiedNanoseconds = status->st_mtim.tv_nsec};
    }
    return {.path = std::move(path), .stamp = stamp};
}

bool ProjectFinder::isStillTrue(const Answer &answer)
{
    return std::ranges::all_of(answer.witnesses,
                               [](const Witness &before) { return witness(before.path).stamp == before.stamp; });
}

bool ProjectFinder::mayBeRoot(const std::string &directory) const
{
    const auto contains = [&directory](std::string_view tree) { return isAtOrBelow(directory, tree); };
    if (std::ranges::any_of(SystemTrees, contains)) {
        return std::ranges::any_of(SourceTrees, [&](auto tree) { return contains(tree) && directory != tree; });
    }
    if (std::ranges::contains(Holders, directory) || std::ranges::contains(HomeParents, parentOf(directory))) {
        return false;
    }
    return std::ranges::none_of(m_homes, [&directory](const auto &home) { return isAtOrBelow(home, directory); });
}

/// @p directory and what is above it, nearest first, without what cannot be a project.
std::vector<std::string> ProjectFinder::candidatesAbove(std::string directory) const
{
    std::vector<std::string> candidates;
    for (std::size_t level = 0; level < MostLevels && directory != "/"; ++level) {
        if (mayBeRoot(directory)) {
            candidates.push_back(directory);
        }
        directory = parentOf(directory);
    }
    return candidates;
}

ProjectFinder::Answer ProjectFinder::look(const std::string &directory)
{
    const auto candidates = candidatesAbove(directory);
    for (const auto &candidate : candidates) {
        const auto git = gitDirectoryOf(candidate);
        if (!git) {
            continue;
        }
        // Taken before HEAD is read: a change in between is then seen at the next look.
        std::vector<Witness> witnesses{witness(git->path + "/HEAD")};
        if (git->isElsewhere) {
            witnesses.push_back(witness(candidate + "/.git"));
        }
        if (auto project = gitProject(candidate, *git)) {
            return {.project = shared(std::move(*project)), .witnesses = std::move(witnesses)};
        }
    }
    Answer answer;
    for (const auto &candidate : candidates) {
        answer.witnesses.push_back(witness(candidate));
    }
    const auto found = std::ranges::find_if(candidates, hasProjectFile);
    if (found != candidates.end()) {
        answer.project = shared({.root = *found, .name = nameOf(*found), .branch = {}, .commit = {}, .worktree = {}});
    }
    return answer;
}

/// The same object for the same project, so that whoever compares pointers sees no change where there is none.
ProjectPtr ProjectFinder::shared(Project project)
{
    auto &known = m_projects[project.root];
    if (!known || *known != project) {
        known = std::make_shared<const Project>(std::move(project));
    }
    return known;
}

} // namespace Quay
