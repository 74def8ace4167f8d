import Foundation
import Testing

/// The bytes of a fixture.
func fixture(_ base64: String) throws -> [UInt8] {
  Array(try #require(Data(base64Encoded: base64)))
}
