import Localization

/// Why a benchmark cannot run.
package enum BenchmarkError: Error, Equatable {
  /// No row has the text in its name.
  case noRow(filter: String, known: [String])
  /// The folder has no script for a library.
  case noScript(path: String)
  /// The interpreter does not start, or exits early.
  case cannotStart(python: String, reason: String)
  /// The interpreter lacks a package.
  case missing(package: String, python: String)
}

extension BenchmarkError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .noRow(let filter, let known):
      localized("--filter expects a part of \(known.joined(separator: ", ")), but got '\(filter)'.")
    case .noScript(let path):
      localized(
        "\(path) does not exist: --peers-dir expects a folder with pytorch_peer.py and numpy_peer.py.")
    case .cannotStart(let python, let reason):
      localized("\(python) cannot run a peer: \(reason).")
    case .missing(let package, let python):
      localized(
        """
        \(python) has no \(package): install it with '\(python) -m pip install torch numpy', or give another interpreter \
        to --peer.
        """)
    }
  }
}
