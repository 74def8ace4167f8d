/// Why a benchmark cannot run.
public enum BenchmarkError: Error, Equatable {
  /// No row has that text in its name.
  case noRow(filter: String, known: [String])
  /// The folder has no script for a peer.
  case noScript(path: String)
  /// The interpreter does not run, or ends early.
  case cannotStart(python: String, reason: String)
  /// The interpreter has not got a package.
  case missing(package: String, python: String)
}

extension BenchmarkError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .noRow(let filter, let known):
      "--filter expects a part of \(known.joined(separator: ", ")), but got '\(filter)'."
    case .noScript(let path):
      "\(path) is not there: run from the folder of Tapedeck's source, or name its Tests/Peers by --peers-dir."
    case .cannotStart(let python, let reason):
      "\(python) does not answer as a peer: \(reason)."
    case .missing(let package, let python):
      "\(python) has no \(package): install it with '\(python) -m pip install torch numpy' (pip install torch "
        + "numpy), or give another interpreter to --peer."
    }
  }
}
