// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/shared/usernames.h"
#include "core/ports/listener.h"

#include <QWidget>

#include <array>
#include <memory>

class QFormLayout;

namespace Quay {

class WrappedText;

/// What is known about one listener and the process that holds it, field by field. Fields with nothing to say are left
/// out; what is hidden is said with the reason.
class PortFacts : public QWidget
{
    Q_OBJECT
public:
    explicit PortFacts(std::shared_ptr<UserNames> users, QWidget *parent = nullptr);

    void setListener(const Listener &listener);

private:
    enum Field
    {
        Process,
        Command,
        Program,
        Directory,
        Project,
        Kind,
        Unit,
        User,
        Reach,
        Connections,
        Since,
        Usage,
        FieldCount
    };
    void addField(Field field, const QString &name, const QString &title);
    /// An empty text hides the field.
    void setField(Field field, const QString &text);
    void setOwner(const Owner &owner);
    void setHiddenOwner(const Listener &listener);

    QFormLayout *m_form;
    std::array<WrappedText *, FieldCount> m_fields{};
    std::shared_ptr<UserNames> m_users; ///< never null
};

} // namespace Quay
