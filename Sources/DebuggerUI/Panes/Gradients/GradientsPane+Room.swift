import TerminalUI

extension GradientsPane {
  /// A row for each parameter and the axis, which a low screen has no row for, below the rows of several processes.
  static func wantedHeight(_ state: DebuggerState, width: Int) -> Int? {
    let known = max(state.description?.parameterNames.count ?? 0, state.moment?.parameters.count ?? 0)
    guard known > 0 else { return nil }
    return known + (state.size.height < 24 ? 0 : 1) + RankRows.height(state.ranks)
  }
}
