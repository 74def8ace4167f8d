import Trace

extension StateSnapshot {
  /// The hash of the parameters and buffers as training computes it; it differs from ``hash`` if one of them was changed.
  package var hashOfValues: UInt64 {
    var hash = ParameterHash()
    for array in parameters + buffers { array.bytes.withUnsafeBytes { hash.add($0) } }
    return hash.value
  }
}
