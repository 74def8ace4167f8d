import Dispatch
import Localization
import Synchronization

/// A value that is made on a thread of its own while this one can do something else.
package final class Background<Value: Sendable>: Sendable {
  private let result = Mutex<Result<Value, any Error>?>(nil)
  private let isDone = DispatchGroup()

  /// Begins to make the value.
  package init(_ make: @escaping @Sendable () throws -> Value) {
    let language = Language.current
    DispatchQueue.global(qos: .userInitiated).async(group: isDone) { [self] in
      let made = Result { try language.during(make) }
      result.withLock { $0 = made }
    }
  }

  /// The value, if it is there within some seconds; nil if it is not.
  ///
  /// - Throws: what making it has thrown.
  package func value(within seconds: Double) throws -> Value? {
    guard isDone.wait(timeout: .now() + seconds) == .success else { return nil }
    return try result.withLock { $0 }?.get()
  }

  /// The value, however long it takes.
  ///
  /// - Throws: what making it throws.
  package func value() throws -> Value? {
    isDone.wait()
    return try result.withLock { $0 }?.get()
  }
}
