// SPDX-License-Identifier: MIT
// Carries a plan out with its threads.
#pragma once

#include <functional>

#include "base/result.h"
#include "h2load/plan.h"
#include "h2load/result.h"

namespace h2load {

// Ends with the run, or soon after SIGINT or SIGTERM. `on_second` is called by one thread at a
// time.
base::Result<Result> run(const Plan& plan, std::function<void(const Second&)> on_second);

}  // namespace h2load
