import Testing
@testable import TapedeckKit
